"""Makes statespace.json: what statsmodels says of readings with gaps, for given parameters.

Run it in this folder:

    python3 statespace.py > statespace.json
"""

import json
import math
import sys

import numpy as np
import statsmodels.api as sm
from statsmodels.tsa.statespace.structural import UnobservedComponents

random = np.random.default_rng(1128)


def flat(a):
    """Columns first; what is missing is null."""
    return [None if math.isnan(x) else float(x) for x in np.asarray(a, dtype=float).flatten(order="F")]


def readings(n, missing):
    x = np.round(np.column_stack([random.normal(size=n), np.sin(np.arange(n) / 9)]), 6)
    level = np.cumsum(random.normal(scale=0.1, size=n))
    ar = np.zeros(n)
    for t in range(1, n):
        ar[t] = 0.7 * ar[t - 1] + random.normal(scale=0.6)
    y = np.round(30 + level + ar + x @ [1.5, -2] + random.normal(scale=0.5, size=n), 6)
    y[random.random(n) < missing] = np.nan
    if n > 100:
        y[40:62] = np.nan  # eleven days away
    return y, x


def model(y, x, diffuse):
    return UnobservedComponents(
        y, level="llevel", autoregressive=1, exog=x, mle_regression=not diffuse,
        use_exact_diffuse=diffuse)


def known(y, x, p):
    """Everything known: coefficients, and where the level begins."""
    uc = model(y, x, diffuse=False)
    innovation = p["returning"] * (1 - p["kept"] ** 2)
    uc.ssm.loglikelihood_burn = 0  # by default it leaves the first place out
    uc.ssm.initialize_known(np.array([30.0, 0.0]), np.diag([p["levelVariance"], p["returning"]]))
    values = {"sigma2.irregular": p["noise"], "sigma2.level": p["walk"], "sigma2.ar": innovation,
              "ar.L1": p["kept"], "beta.x1": 1.5, "beta.x2": -2.0}
    return uc.loglike([values[name] for name in uc.param_names])


def diffuse(y, x, p, ahead):
    """Level and coefficients unknown: exact diffuse start."""
    uc = model(y, x, diffuse=True)
    innovation = p["returning"] * (1 - p["kept"] ** 2)
    values = {"sigma2.irregular": p["noise"], "sigma2.level": p["walk"], "sigma2.ar": innovation,
              "ar.L1": p["kept"]}
    fit = uc.smooth([values[name] for name in uc.param_names])
    # States: level, AR, coefficients; all but the AR part begin diffuse.
    assert np.allclose(fit.filter_results.initial_diffuse_state_cov, np.diag([1, 0, 1, 1]))
    future = np.round(random.normal(size=(ahead, 2)), 6)
    forecast = fit.get_forecast(ahead, exog=future)
    d = fit.filter_results.nobs_diffuse
    residual = fit.filter_results.forecasts_error[0].copy()
    variance = fit.filter_results.forecasts_error_cov[0, 0].copy()
    residual[:d], variance[:d] = np.nan, np.nan
    variance[np.isnan(residual)] = np.nan
    state, cov = fit.smoothed_state, fit.smoothed_state_cov
    return {
        "logLikelihood": float(fit.llf), "future": flat(future),
        "forecast": flat(forecast.predicted_mean), "forecastVariance": flat(forecast.var_pred_mean),
        "residual": flat(residual), "residualVariance": flat(variance),
        "level": flat(state[0]), "levelVariance": flat(cov[0, 0]),
        "returning": flat(state[1]), "returningVariance": flat(cov[1, 1]),
        "beta": flat(state[2:, -1]), "betaVariance": flat(np.diag(cov[2:, 2:, -1])),
    }


def structural():
    cases = []
    for n, missing, p in (
        (60, 0.0, dict(kept=0.5, returning=0.8, walk=0.02, noise=0.3, levelVariance=4.0)),
        (120, 0.2, dict(kept=0.8, returning=1.5, walk=0.001, noise=0.6, levelVariance=1.0)),
        (130, 0.4, dict(kept=0.2, returning=0.4, walk=0.1, noise=0.9, levelVariance=100.0)),
    ):
        y, x = readings(n, missing)
        cases.append({
            "y": flat(y), "x": flat(x), "parameters": p, "known": float(known(y, x, p)),
            "diffuse": diffuse(y, x, p, 14)})
    return cases


def whitening():
    """Generalised least squares with the whole covariance written out."""
    cases = []
    for n, (per_day, share, slow) in ((40, (0.5, 0.6, 0.0)), (70, (0.8, 0.4, 0.5)), (50, (0.3, 0.9, 2.0))):
        places = np.sort(random.choice(3 * n, size=n, replace=False))
        days = abs(places[:, None] - places[None, :]) / 2
        s = share * per_day**days + slow * np.exp(-days / 45) + (1 - share) * np.eye(n)
        x = np.column_stack([np.ones(n), np.round(random.normal(size=(n, 2)), 6)])
        y = np.round(x @ [3, 1, -1] + np.linalg.cholesky(s) @ random.normal(size=n), 6)
        fit = sm.GLS(y, x, sigma=s).fit()
        rest = y - x @ fit.params
        sign, determinant = np.linalg.slogdet(s)
        scale = float(rest @ np.linalg.solve(s, rest)) / n
        cases.append({
            "places": [int(v) for v in places], "perDay": per_day, "share": share, "slow": slow,
            "y": flat(y), "x": flat(x), "beta": flat(fit.params), "covariance": flat(fit.cov_params()),
            "logDeterminant": float(determinant), "logLikelihood": float(fit.llf), "scale": scale})
    return cases


json.dump({"structural": structural(), "whitening": whitening()}, sys.stdout, separators=(",", ":"))
