"""Multinomial logistic regression by small steps (Adagrad) with feature dropout: no single run of characters may carry
a reading by itself. Several fits from different beginnings are averaged."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

EPOCHS, STEP, SHRINK, BATCH, DROPPED, FITS = 20, 1.5, 1e-5, 256, 0.7, 4


def fitted(table: Any, labels: Any, weights: Any, classes: int) -> tuple[Any, Any]:
    """(weights a row and class, bias a class)"""
    fits = [_fit(table, labels, weights, classes, seed) for seed in range(FITS)]
    return sum(w for w, _ in fits) / FITS, sum(b for _, b in fits) / FITS


def _fit(table: Any, labels: Any, weights: Any, classes: int, seed: int) -> tuple[Any, Any]:
    dice = np.random.default_rng(seed)
    count, rows = table.shape
    found, squares = np.zeros((rows, classes), np.float32), np.full((rows, classes), 1e-4, np.float32)
    bias, bias_squares = np.zeros(classes, np.float32), np.full(classes, 1e-2, np.float32)
    starts = range(0, count, BATCH)
    for epoch in range(EPOCHS):
        order = dice.permutation(count)
        for at, start in enumerate(starts):
            step = STEP * (1.02 - (epoch * len(starts) + at) / (EPOCHS * len(starts)))
            some = order[start : start + BATCH]
            part, columns = _dropped(table[some], dice)
            wrong = _softmax(part @ found[columns] + bias)
            wrong[np.arange(len(some)), labels[some]] -= 1
            wrong *= (weights[some] / len(some))[:, None]
            slope = part.T @ wrong + SHRINK * found[columns]
            squares[columns] += slope**2
            found[columns] -= step * slope / np.sqrt(squares[columns])
            bias_squares += wrong.sum(0) ** 2
            bias -= step * wrong.sum(0) / np.sqrt(bias_squares)
    return found, bias


def _dropped(part: Any, dice: Any) -> tuple[Any, Any]:
    """Only the columns that occur; some entries left out, the others so much heavier."""
    columns, places = np.unique(part.indices, return_inverse=True)
    values = part.data * (dice.random(len(part.data)) > DROPPED) / np.float32(1 - DROPPED)
    return csr_matrix((values, places, part.indptr), shape=(part.shape[0], len(columns))), columns


def _softmax(margins: Any) -> Any:
    powers = np.exp(margins - margins.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)
