"""问题类别 by words of the description; what nothing speaks for is 其他."""

from __future__ import annotations

import re

from domain.issues import Category

_GUESSES: tuple[tuple[Category, str], ...] = (
    (Category.INTERMEDIARY, r"中介|图审机构|设计院|测绘|环评公司"),
    (Category.SYSTEM, r"系统|网站|平台|网页|登录|上传|提交不了"),
    (Category.UTILITY, r"用电|供电|停电|用水|供水|停水|燃气|报装|外线|通信"),
    (Category.FEE, r"收费|缴费|费用|易地费|保证金"),
    (Category.CROSS_DEPARTMENT, r"推来推去|互相推|踢皮球|两个部门|不知道找谁|口径不一|说法不一"),
    (Category.ATTITUDE, r"态度"),
    (Category.MATERIAL, r"材料|资料|清单|补正|盖章|原件|退件"),
    (Category.PROGRESS, r"进度|拖|迟迟|还没|没批|多久"),
    (Category.POLICY, r"政策|规定|标准"),
)


def guessed(description: str) -> Category:
    return next((c for c, pattern in _GUESSES if re.search(pattern, description)), Category.OTHER)
