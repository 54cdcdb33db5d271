"""Makes numerics.json: what NumPy, SciPy and statsmodels say of the same inputs.

The generator is written here from its authors' description. Run it in this folder:

    python3 numerics.py > numerics.json
"""

import json
import math
import sys

import numpy as np
from scipy import linalg, special, stats
from statsmodels.api import OLS
from statsmodels.stats.multitest import multipletests

random = np.random.default_rng(20261128)


def number(x):
    x = float(x)
    return x if math.isfinite(x) else ("nan" if math.isnan(x) else "inf" if x > 0 else "-inf")


def flat(a):
    """Columns first."""
    return [number(x) for x in np.asarray(a, dtype=float).flatten(order="F")]


def matrix(a):
    a = np.atleast_2d(np.asarray(a, dtype=float))
    return {"rows": a.shape[0], "columns": a.shape[1], "elements": flat(a)}


def rounded(*shape):
    return np.round(random.normal(size=shape), 6)


def linear():
    cases = []
    for n, k in ((1, 1), (5, 3), (12, 7), (40, 6)):
        x = rounded(n, k)
        gram = x.T @ x
        q, r = linalg.qr(x, mode="economic")
        signs = np.sign(np.diag(r))
        u, s, vt = linalg.svd(x, full_matrices=False)
        signs_u = np.sign(u[np.argmax(abs(u), axis=0), range(len(s))])
        wide = rounded(k, n + 2)
        values, vectors = linalg.eigh(gram)
        signs_v = np.sign(vectors[np.argmax(abs(vectors), axis=0), range(k)])
        b = rounded(k, 2)
        lower = linalg.cholesky(gram, lower=True)
        cases.append({
            "x": matrix(x), "b": matrix(b), "wide": matrix(wide), "gram": flat(gram),
            "product": flat(x @ b), "crossed": flat(x.T @ x[:, :1]),
            "cholesky": flat(np.tril(lower)),
            "logDeterminant": number(np.linalg.slogdet(gram)[1]),
            "solved": flat(linalg.solve(gram, b)), "inverse": flat(linalg.inv(gram)),
            "half": flat(linalg.solve_triangular(lower, b, lower=True)),
            "q": flat(q * signs), "r": flat(r * signs[:, None]),
            "u": flat(u * signs_u), "s": flat(s), "vt": flat(vt * signs_u[:, None]),
            "wideS": flat(linalg.svd(wide, compute_uv=False)),
            "values": flat(values), "vectors": flat(vectors * signs_v),
        })
    return cases


def distributions():
    """function, parameters, argument, value."""
    rows = []
    inf = math.inf

    def add(name, parameters, points, function):
        for x in points:
            rows.append({
                "function": name, "parameters": list(parameters), "x": number(x),
                "value": number(function(x))})

    p = [0, 1e-300, 1e-20, 1e-6, 0.001, 0.025, 0.3, 0.5, 0.9, 0.975, 1 - 1e-9, 1, -0.1, 1.1, math.nan]
    real = [-inf, -40, -8, -1.3, 0, 1e-9, 0.7, 2, 9, inf, math.nan]
    positive = [-inf, -1, 0, 1e-12, 0.01, 0.5, 1, 3, 25, 400, inf, math.nan]
    unit = [-0.5, 0, 1e-15, 0.02, 0.5, 0.93, 1 - 1e-12, 1, 1.5, math.nan]
    add("normal.cdf", [], real, stats.norm.cdf)
    add("normal.quantile", [], p, stats.norm.ppf)
    add("normal.density", [], [-30, -1, 0, 2.5], stats.norm.pdf)
    for df in (1, 2.5, 7, 60, 1e5):
        add("t.cdf", [df], real, lambda x: stats.t.cdf(x, df))
        # SciPy loses the farthest tail of few degrees of freedom: judged where it keeps it.
        add("t.quantile", [df], [q for q in p if not 0 < q < 1e-7], lambda x: stats.t.ppf(x, df))
    for a, b in ((1, 1), (2, 9), (5.5, 30), (40, 700)):
        add("f.cdf", [a, b], positive, lambda x: stats.f.cdf(x, a, b))
        add("f.quantile", [a, b], [q for q in p if not 0 < q < 1e-7], lambda x: stats.f.ppf(x, a, b))
    for shape, scale in ((0.3, 2), (1, 1), (4.5, 0.2), (150, 2)):
        add("gamma.cdf", [shape, scale], positive, lambda x: stats.gamma.cdf(x, shape, scale=scale))
        add("gamma.quantile", [shape, scale], [q for q in p if not 0 < q < 1e-7],
            lambda x: stats.gamma.ppf(x, shape, scale=scale))
    for a, b in ((0.5, 0.5), (1, 3), (12, 4), (200, 90)):
        add("beta.cdf", [a, b], unit, lambda x: stats.beta.cdf(x, a, b))
        add("beta.quantile", [a, b], [q for q in p if not 0 < q < 1e-7],
            lambda x: stats.beta.ppf(x, a, b))
    add("logGamma", [], [1e-8, 0.1, 0.5, 1, 1.5, 2, 3.7, 30, 1e4, 1e12, 0.999999, 2.000001],
        special.gammaln)
    return rows


def robust():
    cases = []
    for values in ([4.0], [3, 1], [1, 2, 3, 4, 5, 100], [2, 2, 2, 2], list(np.round(random.normal(size=31), 4))):
        cases.append({
            "values": [float(v) for v in values],
            "p": [0, 0.05, 0.25, 0.5, 0.9, 1],
            "quantiles": [number(np.quantile(values, q)) for q in (0, 0.05, 0.25, 0.5, 0.9, 1)],
            "median": number(np.median(values)),
            "spread": number(stats.median_abs_deviation(values, scale="normal")),
            "mean": number(np.mean(values)),
            "deviation": number(np.std(values, ddof=1)) if len(values) > 1 else "nan",
        })
    return cases


MASK = (1 << 64) - 1


def rotl(x, k):
    return ((x << k) | (x >> (64 - k))) & MASK


def splitmix(seed):
    while True:
        seed = (seed + 0x9E3779B97F4A7C15) & MASK
        z = seed
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def xoshiro(seed):
    mixed = splitmix(seed)
    s = [next(mixed) for _ in range(4)]
    while True:
        yield (rotl((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)


def generator():
    cases = []
    for seed in (0, 1, 42, MASK):
        numbers = xoshiro(seed)
        outputs = [next(numbers) for _ in range(8)]
        uniform = [((x >> 11) + 0.5) * 2.0**-53 for x in outputs]
        cases.append({
            "seed": str(seed), "outputs": [str(x) for x in outputs], "uniform": uniform,
            "normal": [number(x) for x in stats.norm.ppf(uniform)],
            "t4": [number(x) for x in stats.t.ppf(uniform, 4)]})
    return cases


def hac():
    cases = []
    n = 60
    x = np.column_stack([np.ones(n), rounded(n), np.round(np.sin(np.arange(n) / 5), 6)])
    e = rounded(n)
    y = x @ [1, 0.5, -2] + np.convolve(e, [1, 0.7, 0.3])[:n]
    y = np.round(y, 6)
    for lags in (0, 1, 7, 59):
        for corrected in (False, True):
            fit = OLS(y, x).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": corrected})
            cases.append({
                "lags": lags, "corrected": corrected, "y": flat(y), "x": matrix(x),
                "coefficients": flat(fit.params), "covariance": flat(fit.cov_params())})
    return cases


def discovery():
    cases = []
    for p in ([0.04], [0.01, 0.02, 0.03, 0.04], [0.5, 0.001, 0.001, 0.9, 0.04, 1, 0],
              list(np.round(random.uniform(size=40) ** 3, 8))):
        p = [float(v) for v in p]
        cases.append({
            "p": p, "positive": flat(multipletests(p, method="fdr_bh")[1]),
            "any": flat(multipletests(p, method="fdr_by")[1])})
    return cases


json.dump({
    "linear": linear(), "distributions": distributions(), "robust": robust(),
    "generator": generator(), "hac": hac(), "discovery": discovery()}, sys.stdout, separators=(",", ":"))
