"""Makes ets.json: what statsmodels' ETSModel says of made-up readings, for given parameters.

Run it in this folder:

    python3 ets.py > ets.json
"""

import json
import sys

import numpy as np
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

random = np.random.default_rng(91128)


def cases():
    for m, trend, damped, p in (
        (2, None, False, dict(level=0.3, trend=0.0, season=0.1, damping=0.0)),
        (2, "add", True, dict(level=0.2, trend=0.05, season=0.05, damping=0.9)),
        (14, "add", False, dict(level=0.5, trend=0.02, season=0.1, damping=1.0)),
    ):
        n = 90
        y = 50 + np.cumsum(random.normal(scale=0.3, size=n)) + random.normal(size=n)
        y = np.round(y + 2 * np.cos(np.arange(n) * 2 * np.pi / m), 5)
        seasons = np.round(random.normal(size=m), 4)
        model = ETSModel(
            y, error="add", trend=trend, damped_trend=damped, seasonal="add", seasonal_periods=m)
        values = {"smoothing_level": p["level"], "smoothing_trend": p["trend"],
                  "smoothing_seasonal": p["season"], "damping_trend": p["damping"],
                  "initial_level": 49.0, "initial_trend": 0.1}
        # initial_seasonal.0 is that of the place before the first, and so on backwards.
        for i in range(m):
            values[f"initial_seasonal.{i}"] = seasons[(m - 1 - i) % m]
        fit = model.smooth([values[name] for name in model.param_names])
        yield {
            "parameters": p, "y": y.tolist(), "height": 49.0, "slope": 0.1 if trend else 0.0,
            "seasons": seasons.tolist(), "fitted": fit.fittedvalues.tolist(),
            "forecast": fit.forecast(20).tolist()}


json.dump(list(cases()), sys.stdout, separators=(",", ":"))
