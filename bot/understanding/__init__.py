"""From words to acts: normalise → dictionary → patterns → decision. Every step's evidence can be traced."""
