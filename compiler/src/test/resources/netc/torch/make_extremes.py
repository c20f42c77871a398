"""Writes extremes.txt: functions of one number where numbers are large, zero, infinite or none.

A line is: call, type, x, value, derivative. With PyTorch 1.13: python3 make_extremes.py > extremes.txt
"""

import torch
import torch.nn.functional as F

CALLS = {
    "sigmoid": torch.sigmoid,
    "logsigmoid": F.logsigmoid,
    "softplus": F.softplus,
    "relu": F.relu,
    "relu6": F.relu6,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "celu": F.celu,
    "selu": F.selu,
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu,
    "mish": F.mish,
    "hardswish": F.hardswish,
    "hardsigmoid": F.hardsigmoid,
    "hardtanh": F.hardtanh,
    "softsign": F.softsign,
    "tanhshrink": F.tanhshrink,
    "softshrink": F.softshrink,
    "hardshrink": F.hardshrink,
    "tanh": torch.tanh,
}
POINTS = ["-inf", "-1000", "-100", "-88.5", "-30", "-3", "-1", "-0.5", "-1e-20", "-0.0", "0.0", "1e-20", "0.5", "1", "3", "6",
          "20", "30", "88.5", "100", "1000", "inf", "nan"]
for name, function in CALLS.items():
    for precision in (torch.float64, torch.float32):
        for point in POINTS:
            x = torch.tensor([float(point)], dtype=precision, requires_grad=True)
            value = function(x)
            value.sum().backward()
            print(name, "F64" if precision == torch.float64 else "F32", point, repr(value.item()), repr(x.grad.item()))
