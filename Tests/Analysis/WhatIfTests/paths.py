"""Makes paths.json: a short diary, and its what-if differences by dense matrices in NumPy.

Written from the model's definition (every kernel under every noise, weighed by marginal likelihood,
with the same expectations of the coefficients), not from the Swift code. Run it in this folder:

    python3 paths.py > paths.json
"""

import datetime
import json

import numpy as np
from scipy.special import logsumexp

DAYS, STEPS, RAISED = 80, 12, 6
random = np.random.default_rng(20261128)
places = DAYS * 2
first = datetime.date(2026, 2, 3)
since = (first - datetime.date(1970, 1, 1)).days

air = np.empty(places)
state = 0.0
for t in range(places):
    state = 0.8 * state + 0.6 * random.normal()
    air[t] = round(float(np.exp(2.3 + 0.5 * state)), 2)
wander = np.empty(places)
state = 0.0
for t in range(places):
    state = 0.7 * state + 0.7 * random.normal()
    wander[t] = state
moisture = 50 + 3 * wander + 3 * random.normal(size=places) - 0.15 * air
moisture = np.round(moisture, 2)
read = (random.random(places) > 0.15)


def average(x, delay, tau):
    kept = np.exp(-1 / (2 * tau))
    weights = (1 - kept) * kept ** np.arange(len(x))
    out = np.full(len(x), np.nan)
    for t in range(len(x)):
        past = np.arange(t - 2 * delay + 1)
        if len(past) and weights[: len(past)].sum() >= 0.5:
            w = weights[: len(past)][::-1]
            out[t] = (w * x[past]).sum() / weights[: len(past)].sum()
    return out


kernels = [(delay, tau) for delay in (0, 1) for tau in (1, 2, 3)]
mean, spread = air.mean(), air.std(ddof=1)
z = (air - mean) / spread
averages = [average(z, *kernel) for kernel in kernels]
used = np.array([t for t in range(places) if read[t] and not any(np.isnan(a[t]) for a in averages)])
n = len(used)
y = moisture[used]
deviation = y.std(ddof=1)
y = (y - y.mean()) / deviation
date = since + used // 2
columns, widths = [np.ones(n)], [10]
columns.append(np.where(used % 2 == 0, -0.5, 0.5))
widths.append(2)
for harmonic in (1, 2, 3):
    angle = 2 * np.pi * harmonic * date / 7
    columns += [np.sin(angle), np.cos(angle)]
    widths += [0.3, 0.3]
for harmonic, width in ((1, 0.8), (2, 0.3)):
    angle = 2 * np.pi * harmonic * date / 365.2425
    columns += [np.sin(angle), np.cos(angle)]
    widths += [width, width]
x = np.column_stack(columns)
gap = np.abs(used[:, None] - used[None, :]) / 2

evidence, means, responses = [], [], []
question = float(np.round(np.quantile(air, 0.94), 1))
reference = air[-14:].mean()
for per_day in (0.15, 0.35, 0.55, 0.7, 0.82, 0.92):
    for share in (0.15, 0.4, 0.65, 0.9):
        for slow in (0.02, 0.25, 1):
            s = share * per_day**gap + slow * np.exp(-gap / 45) + (1 - share) * np.eye(n)
            half = np.linalg.cholesky(s)
            for (delay, tau), a in zip(kernels, averages):
                design = np.linalg.solve(half, np.column_stack([x, a[used]]))
                target = np.linalg.solve(half, y)
                prior = np.array(widths + [0.4], dtype=float)
                inner = design.T @ design + np.diag(1 / prior**2)
                beta = np.linalg.solve(inner, design.T @ target)
                rest = target @ target - beta @ design.T @ target + 3
                evidence.append(
                    -np.log(np.diag(half)).sum() - np.log(prior).sum()
                    - 0.5 * np.linalg.slogdet(inner)[1] - 0.5 * (n + 3) * np.log(rest / 2))
                means.append(beta[-1])
                kept = np.exp(-1 / (2 * tau))
                responses.append([
                    sum((1 - kept) * kept ** (t - 2 * delay - u)
                        for u in range(RAISED) if t - 2 * delay - u >= 0)
                    for t in range(STEPS)])
weights = np.exp(np.array(evidence) - logsumexp(evidence))
step = (question - reference) / spread
difference = deviation * step * (weights * np.array(means)) @ np.array(responses)
print(json.dumps({
    "firstDate": str(first),
    "air": air.tolist(),
    "moisture": [float(v) if r else None for v, r in zip(moisture, read)],
    "question": question,
    "readings": n,
    "kernels": [float(weights[k::6].sum()) for k in range(6)],
    "difference": difference.tolist(),
}, indent=0, allow_nan=False))
