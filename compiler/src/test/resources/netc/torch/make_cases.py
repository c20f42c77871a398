"""Writes the cases of this folder with PyTorch 1.13 in float64: python3 make_cases.py

Each case is a .net text, a .safetensors file as in ../refs, and a line in index.json.
Where torch has no function of the name, the formula of its paper is written out here.
"""

import json
import math
import struct

import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
torch.use_deterministic_algorithms(True)
INDEX = []
TYPES = {torch.float64: "F64", torch.int64: "I64"}


def save(name, tensors):
    header, data = {}, b""
    for key, tensor in tensors.items():
        tensor = tensor.detach().contiguous()
        values = tensor.flatten().tolist()
        code = "q" if tensor.dtype == torch.int64 else "d"
        bytes_ = struct.pack("<%d%s" % (len(values), code), *values)
        header[key] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape),
                       "data_offsets": [len(data), len(data) + len(bytes_)]}
        data += bytes_
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(name + ".safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def dims(tensor):
    return "[%s]" % ", ".join(map(str, tensor.shape[1:])) if tensor.dim() > 1 else ""


def case(name, body, inputs, compute, params=None, targets=None, classes=None, module=None):
    """`compute(inputs and targets)` gives outputs by name (loss: sum of cotangents) or a loss.

    `classes`: integer inputs or targets as (tensor, N, kind); `module`: its parameters, by the path in front."""
    torch.manual_seed(len(INDEX))
    inputs = {k: v.clone().requires_grad_() for k, v in inputs.items()}
    targets, classes, params = targets or {}, classes or {}, dict(params or {})
    for prefix, layer in (module or {}).items():
        with torch.no_grad():
            for p in layer.parameters():
                p.copy_(torch.randn(p.shape) * 0.5)
        params.update({prefix + k: p for k, p in layer.named_parameters()})
    for p in params.values():
        p.requires_grad_()
    integers = {k: v[0] for k, v in classes.items()}
    result = compute(**inputs, **targets, **integers)
    lines, tensors = [], {}
    for prefix, layer in (module or {}).items():
        tensors.update({"after." + prefix + k: b for k, b in layer.named_buffers() if b.dim() > 0})
    for k, v in inputs.items():
        lines.append("input %s%s" % (k, dims(v)))
        tensors["input." + k] = v
    for k, (v, n, kind) in classes.items():
        lines.append("%s %s%s : index(%d)" % (kind, k, dims(v), n))
        tensors["index." + k] = v
    for k, v in targets.items():
        lines.append("target %s%s" % (k, dims(v)))
        tensors["target." + k] = v
    tensors.update({"param." + k: v for k, v in params.items()})
    losses = []
    if isinstance(result, dict):
        loss = 0
        for k, v in result.items():
            cot = torch.randn(v.shape)
            loss = loss + (v * cot).sum()
            tensors["cot." + k], tensors["out." + k] = cot, v
            lines.append("input cot_%s%s" % (k, dims(v)))
            axes = ",".join("e%d" % axis for axis in range(1, v.dim()))
            losses.append("loss product_%s = sum[%s] %s[%s] * cot_%s[%s]" % (k, axes, k, axes, k, axes)
                          if axes else "loss product_%s = %s * cot_%s" % (k, k, k))
    else:
        loss = result
    loss.backward()
    tensors["loss"] = loss.reshape(1)
    for k, v in inputs.items():
        tensors["grad.input." + k] = torch.zeros_like(v) if v.grad is None else v.grad
    for k, v in params.items():
        tensors["grad.param." + k] = torch.zeros_like(v) if v.grad is None else v.grad
    save(name, tensors)
    lines += [line.strip() for line in body.strip().split("\n")] + losses
    with open(name + ".net", "w") as file:
        file.write("package torch\n\nnet Case {\n%s\n}\n" % "\n".join("  " + line for line in lines))
    INDEX.append({"name": name, "rtol_f32": 0.0002, "rtol_f64": 1e-08})


def x(*shape, scale=1.0):
    torch.manual_seed(1000 + len(INDEX))
    return torch.randn(shape) * scale


def y(*shape):
    torch.manual_seed(2000 + len(INDEX))
    return torch.randn(shape)


def labels(n, *shape):
    torch.manual_seed(3000 + len(INDEX))
    return torch.randint(0, n, shape)


def signs(*shape):
    return torch.where(y(*shape) > 0, 1.0, -1.0)


def probabilities(*shape):
    return torch.sigmoid(y(*shape))


# ---------- activations ----------

def activation(name, call, compute):
    case(name, "output y = " + call, {"x": x(3, 24, scale=2.5)}, lambda x: {"y": compute(x)})


activation("sigmoid", "sigmoid(x)", torch.sigmoid)
activation("identity", "identity(x)", lambda x: x * 1.0)
activation("log1p_exp", "log1p_exp(x)", lambda x: F.softplus(x, threshold=1000))
activation("logsigmoid", "logsigmoid(x)", F.logsigmoid)
activation("softplus", "softplus(x, beta = 2, threshold = 3)", lambda x: F.softplus(x, 2, 3))
activation("relu", "relu(x)", F.relu)
activation("relu6", "relu6(x)", lambda x: F.relu6(x))
activation("leaky_relu", "leaky_relu(x, 0.2)", lambda x: F.leaky_relu(x, 0.2))
activation("elu", "elu(x)", F.elu)
activation("elu_alpha", "elu(x, alpha = 1.3)", lambda x: F.elu(x, 1.3))
activation("celu", "celu(x, alpha = 0.7)", lambda x: F.celu(x, 0.7))
activation("selu", "selu(x)", F.selu)
activation("gelu", "gelu(x)", F.gelu)
activation("gelu_tanh", "gelu_tanh(x)", lambda x: F.gelu(x, approximate="tanh"))
activation("silu", "silu(x)", F.silu)
activation("mish", "mish(x)", F.mish)
activation("hardswish", "hardswish(x)", F.hardswish)
activation("hardsigmoid", "hardsigmoid(x)", F.hardsigmoid)
activation("hardtanh", "hardtanh(x, -2, 0.5)", lambda x: F.hardtanh(x, -2.0, 0.5))
activation("softsign", "softsign(x)", F.softsign)
activation("tanhshrink", "tanhshrink(x)", F.tanhshrink)
activation("softshrink", "softshrink(x, 0.3)", lambda x: F.softshrink(x, 0.3))
activation("hardshrink", "hardshrink(x)", F.hardshrink)
activation("threshold", "threshold(x, 0.1, -2)", lambda x: F.threshold(x, 0.1, -2.0))

# ---------- vectors ----------

activation("softmax", "softmax(x)", lambda x: F.softmax(x, 1))
activation("softmin", "softmin(x)", lambda x: F.softmin(x, 1))
activation("log_softmax", "log_softmax(x)", lambda x: F.log_softmax(x, 1))
activation("logsumexp", "logsumexp(x)", lambda x: torch.logsumexp(x, 1))
activation("glu", "glu(x)", lambda x: F.glu(x, 1))
activation("norm", "norm(x)", lambda x: x.norm(dim=1))
activation("normalize", "normalize(x)", lambda x: F.normalize(x, dim=1))
case("softmax_axis", "output y[t,u] = softmax[u](x[t,u])", {"x": x(2, 3, 5)}, lambda x: {"y": F.softmax(x, 2)})
case("softmax_first_axis", "output y[t,u] = softmax[t](x[t,u])", {"x": x(2, 3, 5)}, lambda x: {"y": F.softmax(x, 1)})
PAIR = lambda n=5, k=4: {"a": x(n, k), "b": y(n, k)}
case("dot", "output y = dot(a, b)", PAIR(), lambda a, b: {"y": (a * b).sum(1)})
case("cosine_similarity", "output y = cosine_similarity(a, b)", PAIR(),
     lambda a, b: {"y": F.cosine_similarity(a, b, 1)})
for p in (1, 2, 3):
    case("pairwise_distance_%d" % p, "output y = pairwise_distance(a, b, p = %d)" % p, PAIR(),
         lambda a, b: {"y": F.pairwise_distance(a, b, p)})
case("onehot", "output y[k] = s * onehot(i)[k]", {"s": x(5)},
     lambda s, i: {"y": s[:, None] * F.one_hot(i, 4)}, classes={"i": (labels(4, 5), 4, "input")})

# ---------- losses ----------

def loss(name, call, compute, a=None, y_=None):
    a = x(6, 5) if a is None else a
    case(name, "loss l = " + call, {"a": a}, lambda a, y: compute(a, y), targets={"y": y(*a.shape) if y_ is None else y_})


def sure(*shape):
    t = probabilities(*shape)
    return t / t.sum(1, keepdim=True)


loss("squared_error", "squared_error(a, y)", lambda a, y: F.mse_loss(a, y, reduction="sum") / 6)
loss("mse", "mse(a, y)", F.mse_loss)
loss("mae", "mae(a, y)", F.l1_loss)
loss("huber", "mean[j] huber(a[j], y[j])", F.huber_loss)
loss("huber_delta", "mean[j] huber(a[j], y[j], delta = 1.7)", lambda a, y: F.huber_loss(a, y, delta=1.7))
loss("smooth_l1", "mean[j] smooth_l1(a[j], y[j])", F.smooth_l1_loss)
loss("smooth_l1_beta", "mean[j] smooth_l1(a[j], y[j], beta = 0.3)", lambda a, y: F.smooth_l1_loss(a, y, beta=0.3))
loss("log_cosh", "mean[j] log_cosh(a[j], y[j])", lambda a, y: torch.log(torch.cosh(a - y)).mean())
loss("binary_cross_entropy", "mean[j] binary_cross_entropy(a[j], y[j])", F.binary_cross_entropy,
     a=torch.sigmoid(x(6, 5)), y_=probabilities(6, 5))
loss("binary_cross_entropy_with_logits", "mean[j] binary_cross_entropy_with_logits(a[j], y[j])",
     F.binary_cross_entropy_with_logits, a=x(6, 5, scale=20), y_=probabilities(6, 5))
loss("binary_cross_entropy_with_logits_weighted",
     "mean[j] binary_cross_entropy_with_logits(a[j], y[j], pos_weight = 2.5)",
     lambda a, y: F.binary_cross_entropy_with_logits(a, y, pos_weight=torch.tensor(2.5)),
     a=x(6, 5, scale=4), y_=probabilities(6, 5))
LABEL = lambda n=5: {"label": (labels(n, 6), n, "target")}
for s in (0, 0.25):
    case("cross_entropy_%d" % (100 * s), "loss l = cross_entropy(a, label, label_smoothing = %s)" % s, {"a": x(6, 5)},
         lambda a, label: F.cross_entropy(a, label, label_smoothing=s), classes=LABEL())
for s in (0, 0.25):
    loss("soft_cross_entropy_%d" % (100 * s), "soft_cross_entropy(a, y, label_smoothing = %s)" % s,
         lambda a, y: F.cross_entropy(a, y, label_smoothing=s), y_=sure(6, 5))
case("nll", "loss l = nll(log_softmax(a), label)", {"a": x(6, 5)},
     lambda a, label: F.nll_loss(F.log_softmax(a, 1), label), classes=LABEL())
holes = sure(6, 5)
holes[::2, 1] = 0
loss("kl_div", "kl_div(log_softmax(a), y)",
     lambda a, y: F.kl_div(F.log_softmax(a, 1), y, reduction="batchmean"), y_=holes)
loss("kl_div_log", "kl_div(log_softmax(a), y, log_target = true)",
     lambda a, y: F.kl_div(F.log_softmax(a, 1), y, reduction="batchmean", log_target=True), y_=sure(6, 5).log())
loss("hinge", "mean[j] hinge(a[j], y[j])", lambda a, y: F.relu(1 - a * y).mean(), y_=signs(6, 5))
loss("squared_hinge", "mean[j] squared_hinge(a[j], y[j])", lambda a, y: (F.relu(1 - a * y) ** 2).mean(),
     y_=signs(6, 5))
loss("hinge_embedding", "mean[j] hinge_embedding(a[j], y[j], margin = 0.8)",
     lambda a, y: F.hinge_embedding_loss(a, y, margin=0.8), y_=signs(6, 5))
loss("soft_margin", "mean[j] soft_margin(a[j], y[j])", F.soft_margin_loss, y_=signs(6, 5))
case("margin_ranking", "loss l = mean[j] margin_ranking(a[j], b[j], y[j], margin = 0.4)", PAIR(6, 5),
     lambda a, b, y: F.margin_ranking_loss(a, b, y, margin=0.4), targets={"y": signs(6, 5)})
for p in (1, 2):
    case("multi_margin_%d" % p, "loss l = multi_margin(a, label, p = %d)" % p, {"a": x(6, 5)},
         lambda a, label: F.multi_margin_loss(a, label, p=p), classes=LABEL())
counts = torch.floor(torch.exp(y(6, 5)) + 0.3)
loss("poisson_nll", "mean[j] poisson_nll(a[j], y[j])", F.poisson_nll_loss, y_=counts)
loss("poisson_nll_full", "mean[j] poisson_nll(a[j], y[j], full = true)",
     lambda a, y: F.poisson_nll_loss(a, y, full=True), y_=counts)
loss("poisson_nll_rate", "mean[j] poisson_nll(a[j], y[j], log_input = false)",
     lambda a, y: F.poisson_nll_loss(a, y, log_input=False), a=torch.exp(x(6, 5)), y_=counts)
small = torch.exp(x(6, 5, scale=3))
small[0, 0] = 1e-8
for full in (False, True):
    case("gaussian_nll_%s" % str(full).lower(),
         "loss l = mean[j] gaussian_nll(a[j], y[j], v[j], full = %s)" % str(full).lower(),
         {"a": x(6, 5), "v": small}, lambda a, v, y: F.gaussian_nll_loss(a, y, v, full=full), targets={"y": y(6, 5)})
loss("quantile", "mean[j] quantile(a[j], y[j], q = 0.3)",
     lambda a, y: torch.maximum(0.3 * (y - a), -0.7 * (y - a)).mean())
loss("cosine", "cosine(a, y)", lambda a, y: (1 - F.cosine_similarity(a, y, 1)).mean())
case("cosine_embedding", "loss l = cosine_embedding(a, b, y, margin = 0.2)", PAIR(6, 5),
     lambda a, b, y: F.cosine_embedding_loss(a, b, y, margin=0.2), targets={"y": signs(6)})
THREE = lambda: {"a": x(6, 4), "p": y(6, 4), "n": x(6, 4, scale=-0.7)}
case("triplet_margin", "loss l = triplet_margin(a, p, n)", THREE(), lambda a, p, n: F.triplet_margin_loss(a, p, n))
case("triplet_margin_swap", "loss l = triplet_margin(a, p, n, margin = 3, p = 3, swap = true)", THREE(),
     lambda a, p, n: F.triplet_margin_loss(a, p, n, margin=3.0, p=3, swap=True))


def focal(a, y, alpha, gamma):
    p = torch.sigmoid(a)
    s = F.binary_cross_entropy_with_logits(a, y, reduction="none") * (1 - (p * y + (1 - p) * (1 - y))) ** gamma
    return (s * (alpha * y + (1 - alpha) * (1 - y)) if alpha >= 0 else s).mean()


truths = (y(6, 5) > 0).double()
loss("focal", "mean[j] focal(a[j], y[j])", lambda a, y: focal(a, y, 0.25, 2), a=x(6, 5, scale=3), y_=truths)
loss("focal_plain", "mean[j] focal(a[j], y[j], alpha = -1, gamma = 1.5)", lambda a, y: focal(a, y, -1, 1.5),
     y_=truths)


def contrastive(a, b, y, margin):
    d = (a - b).norm(dim=1)
    return (y * d ** 2 + (1 - y) * F.relu(margin - d) ** 2).mean()


case("contrastive", "loss l = contrastive(a, b, y, margin = 4)", PAIR(8, 3),
     lambda a, b, y: contrastive(a, b, y, 4), targets={"y": (y(8) > 0).double()})

# ---------- layers of vectors ----------

def layer(name, call, path, module, shape, forward=None):
    forward = forward or (lambda x: module(x))
    case(name, "output y = x |> " + call, {"x": x(*shape)}, lambda x: {"y": forward(x)},
         module={"y.%s." % path: module} if module else None)


layer("dense", "dense(3)", "dense", nn.Linear(5, 3), (4, 5))
tower = nn.Linear(5, 3)
layer("dense_act", "dense(3, gelu)", "dense", tower, (4, 5), lambda x: F.gelu(tower(x)))
twice = nn.Bilinear(3, 4, 2)
case("bilinear", "output y = bilinear(2)(a, b)", {"a": x(5, 3), "b": y(5, 4)}, lambda a, b: {"y": twice(a, b)},
     module={"y.bilinear.": twice})
table = nn.Embedding(7, 3)
case("embedding", "output y = embedding(7, 3)(i)", {}, lambda i: {"y": table(i)},
     module={"y.embedding.": table}, classes={"i": (labels(7, 6), 7, "input")})
layer("prelu", "prelu()", "prelu", nn.PReLU(), (4, 5))
layer("prelu_each", "prelu(each = true)", "prelu", nn.PReLU(5), (4, 5))
inner = nn.Linear(4, 4)
case("residual", "output y = x |> residual(dense(4))", {"x": x(3, 4)}, lambda x: {"y": x + inner(x)},
     module={"y.residual.body.dense.": inner})
wide = nn.Conv2d(2, 2, 3, padding=1)
case("residual2d", "output y = x |> residual2d(conv2d(2, 3, padding = 1))", {"x": x(2, 2, 4, 5)},
     lambda x: {"y": x + wide(x)}, module={"y.residual2d.body.conv2d.": wide})

# ---------- convolutions ----------

layer("conv1d", "conv1d(6, 3, stride = 2, padding = 2, dilation = 2, groups = 2)", "conv1d",
      nn.Conv1d(4, 6, 3, 2, 2, 2, 2), (2, 4, 11))
layer("conv1d_plain", "conv1d(3, 4, use_bias = false)", "conv1d", nn.Conv1d(2, 3, 4, bias=False), (2, 2, 9))
layer("conv2d", "conv2d(4, 3, stride = 2, padding = 2, dilation = 2)", "conv2d", nn.Conv2d(3, 4, 3, 2, 2, 2),
      (2, 3, 9, 8))
layer("conv2d_groups", "conv2d(6, 3, stride = 3, padding = 1, groups = 3, use_bias = false)", "conv2d",
      nn.Conv2d(3, 6, 3, 3, 1, groups=3, bias=False), (2, 3, 8, 7))
layer("conv2d_wide",
      "conv2d(2, 3, stride = 2, padding = 1, KW = 5, stride_w = 1, padding_w = 2, dilation = 1, dilation_w = 2)",
      "conv2d", nn.Conv2d(2, 2, (3, 5), (2, 1), (1, 2), (1, 2)), (2, 2, 6, 9))
layer("depthwise_conv2d", "depthwise_conv2d(3, stride = 2, padding = 1, multiplier = 2)", "depthwise_conv2d",
      nn.Conv2d(3, 6, 3, 2, 1, groups=3), (2, 3, 7, 6))
layer("conv3d", "conv3d(4, 2, stride = 2, padding = 1, groups = 2)", "conv3d", nn.Conv3d(2, 4, 2, 2, 1, groups=2),
      (2, 2, 4, 5, 3))
layer("conv3d_dilated", "conv3d(2, 2, dilation = 2, use_bias = false)", "conv3d",
      nn.Conv3d(2, 2, 2, dilation=2, bias=False), (2, 2, 4, 4, 3))
layer("conv_transpose1d", "conv_transpose1d(4, 4, stride = 3, padding = 1, output_padding = 2, groups = 2)",
      "conv_transpose1d", nn.ConvTranspose1d(6, 4, 4, 3, 1, 2, 2), (2, 6, 5))
layer("conv_transpose1d_plain", "conv_transpose1d(2, 3, dilation = 2)", "conv_transpose1d",
      nn.ConvTranspose1d(3, 2, 3, dilation=2), (2, 3, 4))
layer("conv_transpose2d", "conv_transpose2d(4, 3, stride = 2, padding = 1, output_padding = 1, groups = 2, dilation = 2)",
      "conv_transpose2d", nn.ConvTranspose2d(4, 4, 3, 2, 1, 1, 2, dilation=2), (2, 4, 3, 4))
layer("conv_transpose2d_plain", "conv_transpose2d(3, 2, stride = 2, use_bias = false)", "conv_transpose2d",
      nn.ConvTranspose2d(2, 3, 2, 2, bias=False), (2, 2, 4, 3))

# ---------- pooling ----------

def pool(name, call, compute, shape):
    case(name, "output y = x |> " + call, {"x": x(*shape)}, lambda x: {"y": compute(x)})


pool("max_pool1d", "max_pool1d(3, stride = 2, padding = 1)", lambda x: F.max_pool1d(x, 3, 2, 1), (2, 2, 8))
pool("max_pool1d_ceil", "max_pool1d(2, stride = 3, ceil_mode = true)",
     lambda x: F.max_pool1d(x, 2, 3, ceil_mode=True), (2, 2, 9))
pool("max_pool2d", "max_pool2d(3, stride = 2, padding = 1)", lambda x: F.max_pool2d(x, 3, 2, 1), (2, 2, 8, 7))
pool("max_pool2d_ceil", "max_pool2d(3, stride = 2, padding = 1, dilation = 2, ceil_mode = true)",
     lambda x: F.max_pool2d(x, 3, 2, 1, 2, ceil_mode=True), (2, 2, 8, 9))
pool("avg_pool1d", "avg_pool1d(3, stride = 2, padding = 1)", lambda x: F.avg_pool1d(x, 3, 2, 1), (2, 2, 8))
pool("avg_pool1d_ceil", "avg_pool1d(3, stride = 2, padding = 1, ceil_mode = true, count_include_pad = false)",
     lambda x: F.avg_pool1d(x, 3, 2, 1, True, False), (2, 2, 8))
pool("avg_pool2d", "avg_pool2d(2)", lambda x: F.avg_pool2d(x, 2), (2, 2, 5, 6))
pool("avg_pool2d_ceil", "avg_pool2d(3, stride = 2, padding = 1, ceil_mode = true)",
     lambda x: F.avg_pool2d(x, 3, 2, 1, True), (2, 2, 8, 6))
pool("avg_pool2d_valid", "avg_pool2d(3, stride = 2, padding = 1, count_include_pad = false)",
     lambda x: F.avg_pool2d(x, 3, 2, 1, False, False), (2, 2, 7, 8))
pool("avg_pool2d_ceil_valid", "avg_pool2d(4, stride = 3, padding = 2, ceil_mode = true, count_include_pad = false)",
     lambda x: F.avg_pool2d(x, 4, 3, 2, True, False), (2, 2, 7, 8))
pool("global_avg_pool1d", "global_avg_pool1d", lambda x: x.mean(2), (2, 3, 5))
pool("global_avg_pool", "global_avg_pool", lambda x: x.mean((2, 3)), (2, 3, 5, 4))
pool("global_max_pool1d", "global_max_pool1d", lambda x: x.amax(2), (2, 3, 5))
pool("global_max_pool", "global_max_pool", lambda x: x.amax((2, 3)), (2, 3, 5, 4))
pool("adaptive_avg_pool1d", "adaptive_avg_pool1d(4)", lambda x: F.adaptive_avg_pool1d(x, 4), (2, 2, 10))
pool("adaptive_avg_pool1d_more", "adaptive_avg_pool1d(7)", lambda x: F.adaptive_avg_pool1d(x, 7), (2, 2, 5))
pool("adaptive_avg_pool2d", "adaptive_avg_pool2d(3, 2)", lambda x: F.adaptive_avg_pool2d(x, (3, 2)), (2, 2, 7, 6))
pool("adaptive_max_pool1d", "adaptive_max_pool1d(4)", lambda x: F.adaptive_max_pool1d(x, 4), (2, 2, 10))
pool("adaptive_max_pool2d", "adaptive_max_pool2d(3)", lambda x: F.adaptive_max_pool2d(x, 3), (2, 2, 7, 5))

# ---------- shapes ----------

pool("flatten1d", "flatten1d", lambda x: x.flatten(1), (2, 3, 4))
pool("flatten", "flatten", lambda x: x.flatten(1), (2, 2, 3, 4))
pool("flatten3d", "flatten3d", lambda x: x.flatten(1), (2, 2, 3, 2, 3))
pool("upsample1d", "upsample1d(3)", lambda x: F.interpolate(x, scale_factor=3), (2, 2, 4))
pool("upsample2d", "upsample2d(2)", lambda x: F.interpolate(x, scale_factor=2), (2, 2, 3, 4))
for n in (2, 3, 4):
    pool("upsample_bilinear2d_%d" % n, "upsample_bilinear2d(%d)" % n,
         lambda x: F.interpolate(x, scale_factor=n, mode="bilinear"), (2, 2, 3, 4))
pool("pixel_shuffle", "pixel_shuffle(2)", lambda x: F.pixel_shuffle(x, 2), (2, 8, 3, 2))
pool("pad1d", "pad1d(1, 3, value = 0.5)", lambda x: F.pad(x, (1, 3), value=0.5), (2, 2, 4))
pool("pad2d", "pad2d(1, 2, 0, 3, value = -1.5)", lambda x: F.pad(x, (1, 2, 0, 3), value=-1.5), (2, 2, 3, 4))
for mode, name in (("replicate", "replication"), ("circular", "circular"), ("reflect", "reflection")):
    pool(name + "_pad2d", name + "_pad2d(2)", lambda x: F.pad(x, (2, 2, 2, 2), mode=mode), (2, 2, 3, 4))

# ---------- normalisation ----------

layer("layer_norm", "layer_norm(eps = 0.1)", "layer_norm", nn.LayerNorm(6, eps=0.1), (4, 6))
pool("layer_norm_plain", "layer_norm(elementwise_affine = false)", lambda x: F.layer_norm(x, (6,)), (4, 6))


class RmsNorm(nn.Module):
    def __init__(self, n, eps):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(n)), eps

    def forward(self, x):
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + self.eps) * self.weight


layer("rms_norm", "rms_norm(eps = 1e-3)", "rms_norm", RmsNorm(6, 1e-3), (4, 6))
layer("group_norm", "group_norm(2)", "group_norm", nn.GroupNorm(2, 6), (3, 6, 3, 2))
pool("group_norm_plain", "group_norm(3, eps = 0.01, affine = false)", lambda x: F.group_norm(x, 3, eps=0.01),
     (3, 6, 3, 2))
pool("instance_norm1d", "instance_norm1d()", lambda x: F.instance_norm(x), (3, 2, 5))
layer("instance_norm1d_affine", "instance_norm1d(affine = true)", "instance_norm1d",
      nn.InstanceNorm1d(2, affine=True), (3, 2, 5))
pool("instance_norm2d", "instance_norm2d()", lambda x: F.instance_norm(x), (3, 2, 3, 4))
layer("instance_norm2d_affine", "instance_norm2d(affine = true)", "instance_norm2d",
      nn.InstanceNorm2d(2, affine=True), (3, 2, 3, 4))

# ---------- attention ----------

def mask(t):
    return torch.triu(torch.full((t, t), -math.inf), 1)


for causal in (False, True):
    case("scaled_dot_product_attention_%s" % str(causal).lower(),
         "output y = scaled_dot_product_attention(q, k, v, causal = %s)" % str(causal).lower(),
         {"q": x(2, 4, 3), "k": y(2, 4, 3), "v": x(2, 4, 2, scale=-0.6)},
         lambda q, k, v: {"y": torch.softmax(
             q @ k.transpose(1, 2) / math.sqrt(3) + (mask(4) if causal else 0), 2) @ v})
    heads = nn.MultiheadAttention(6, 3, batch_first=True)
    layer("attention_%s" % str(causal).lower(), "attention(3, causal = %s)" % str(causal).lower(), "attention",
          heads, (2, 4, 6), lambda x: heads(x, x, x, attn_mask=mask(4) if causal else None)[0])
plain = nn.MultiheadAttention(4, 2, batch_first=True, bias=False)
layer("attention_without_bias", "attention(2, use_bias = false)", "attention", plain, (2, 3, 4),
      lambda x: plain(x, x, x)[0])
cross = nn.MultiheadAttention(6, 2, batch_first=True)
case("cross_attention", "output y = cross_attention(2)(x, m)", {"x": x(2, 4, 6), "m": y(2, 3, 6)},
     lambda x, m: {"y": cross(x, m, m)[0]}, module={"y.cross_attention.": cross})


def sinusoidal(x, base):
    t, d = x.shape[1:]
    angle = torch.arange(t)[:, None] * base ** (-torch.arange(0, d, 2) / d)
    return x + torch.stack([torch.sin(angle), torch.cos(angle)], 2).reshape(t, d)


def rotary(x, base, interleaved):
    t, d = x.shape[1:]
    angle = torch.arange(t)[:, None] * base ** (-torch.arange(0, d, 2) / d)
    a, b = (x[..., 0::2], x[..., 1::2]) if interleaved else (x[..., : d // 2], x[..., d // 2:])
    turned = [a * torch.cos(angle) - b * torch.sin(angle), b * torch.cos(angle) + a * torch.sin(angle)]
    return torch.stack(turned, 3).reshape(x.shape) if interleaved else torch.cat(turned, 2)


pool("sinusoidal_positions", "sinusoidal_positions()", lambda x: sinusoidal(x, 10000.0), (2, 5, 6))
pool("rotary_positions", "rotary_positions()", lambda x: rotary(x, 10000.0, True), (2, 5, 6))
pool("rotary_positions_halves", "rotary_positions(base = 100, interleaved = false)",
     lambda x: rotary(x, 100.0, False), (2, 5, 6))
for first in (False, True):
    flag = str(first).lower()
    for kind, act in (("relu", "relu"), ("gelu", "gelu")):
        encoder = nn.TransformerEncoderLayer(6, 2, 8, 0.0, kind, batch_first=True, norm_first=first)
        layer("transformer_encoder_layer_%s_%s" % (kind, flag),
              "transformer_encoder_layer(2, 8, %s, norm_first = %s)" % (act, flag), "transformer_encoder_layer",
              encoder, (2, 4, 6))
    decoder = nn.TransformerDecoderLayer(6, 2, 8, 0.0, batch_first=True, norm_first=first)
    case("transformer_decoder_layer_" + flag,
         "output y = transformer_decoder_layer(2, 8, norm_first = %s)(x, m)" % flag,
         {"x": x(2, 4, 6), "m": y(2, 3, 6)}, lambda x, m: {"y": decoder(x, m, tgt_mask=mask(4))},
         module={"y.transformer_decoder_layer.": decoder})
gpt = nn.TransformerEncoderLayer(6, 2, 8, 0.0, "gelu", batch_first=True, norm_first=True)
layer("transformer_block", "transformer_block(2, 8)", "transformer_block", gpt, (2, 4, 6),
      lambda x: gpt(x, src_mask=mask(4)))

# ---------- recurrent layers ----------

for name, net in (("rnn", nn.RNN), ("lstm", nn.LSTM), ("gru", nn.GRU)):
    for both in (False, True):
        path = ("bidirectional_" if both else "") + name
        inner = net(3, 4, batch_first=True, bidirectional=both)
        layer(path, path + "(4)", path, inner, (2, 5, 3), lambda x: inner(x)[0])
    bare = net(3, 2, batch_first=True, bias=False)
    layer(name + "_without_bias", name + "(2, use_bias = false)", name, bare, (2, 4, 3), lambda x: bare(x)[0])
ramp = nn.RNN(3, 4, batch_first=True, nonlinearity="relu")
layer("rnn_relu", "rnn(4, act = relu)", "rnn", ramp, (2, 5, 3), lambda x: ramp(x)[0])

# ---------- batch norms, in training ----------

layer("batch_norm1d", "batch_norm1d()", "batch_norm1d", nn.BatchNorm1d(3), (5, 3))
layer("batch_norm_sequence", "batch_norm_sequence()", "batch_norm_sequence", nn.BatchNorm1d(3), (4, 3, 5))
layer("batch_norm2d", "batch_norm2d(eps = 1e-3)", "batch_norm2d", nn.BatchNorm2d(2, eps=1e-3), (4, 2, 3, 4))


class BasicBlock(nn.Module):
    """As in torchvision."""

    def __init__(self, planes, out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(planes, out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(out)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(out)
        if stride != 1 or planes != out:
            self.downsample = nn.Sequential()
            self.downsample.add_module("conv2d", nn.Conv2d(planes, out, 1, stride, bias=False))
            self.downsample.add_module("batch_norm2d", nn.BatchNorm2d(out))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(out + (self.downsample(x) if hasattr(self, "downsample") else x))


layer("basic_block", "basic_block(2)", "basic_block", BasicBlock(2, 2, 1), (3, 2, 5, 4))
layer("basic_block_wider", "basic_block(4, stride = 2)", "basic_block", BasicBlock(2, 4, 2), (3, 2, 5, 4))

# ---------- settings: what is padded with, rectangles, weights of classes, several recurrent layers ----------

MODES = ("reflect", "replicate", "circular")
for mode in MODES:
    layer("conv1d_" + mode, "padded1d(2, %s) |> conv1d(3, 3)" % mode, "conv1d",
          nn.Conv1d(2, 3, 3, padding=2, padding_mode=mode), (2, 2, 6))
    layer("conv2d_" + mode, "padded2d(2, 1, %s) |> conv2d(4, 3, stride = 2, groups = 2)" % mode,
          "conv2d", nn.Conv2d(2, 4, 3, 2, (2, 1), groups=2, padding_mode=mode), (2, 2, 5, 6))
    if mode != "reflect":  # torch 1.13 cannot, see padded3d_reflect
        layer("conv3d_" + mode, "padded3d(1, 1, 1, %s) |> conv3d(2, 2)" % mode, "conv3d",
              nn.Conv3d(2, 2, 2, padding=1, padding_mode=mode), (2, 2, 3, 3, 4))
pool("padded3d_reflect", "padded3d(2, 1, 1, reflect)", lambda x: F.pad(x, (1, 1, 1, 1, 2, 2), mode="reflect"),
     (2, 2, 3, 3, 4))
layer("conv3d_box", "conv3d(2, 3, KH = 2, KW = 1, stride = 2, stride_h = 1, padding = 1, padding_h = 0, dilation_h = 2, "
      "dilation_w = 1)", "conv3d",
      nn.Conv3d(2, 2, (3, 2, 1), (2, 1, 1), (1, 0, 0), (1, 2, 1)), (2, 2, 4, 5, 3))
layer("conv_transpose2d_wide", "conv_transpose2d(2, 3, KW = 2, stride = 2, stride_w = 3, padding = 1, padding_w = 0, "
      "output_padding = 1, output_padding_w = 2)", "conv_transpose2d",
      nn.ConvTranspose2d(3, 2, (3, 2), (2, 3), (1, 0), (1, 2)), (2, 3, 3, 4))
layer("conv_transpose3d", "conv_transpose3d(4, 3, KW = 2, stride = 2, padding = 1, output_padding = 1, groups = 2)",
      "conv_transpose3d", nn.ConvTranspose3d(2, 4, (3, 3, 2), 2, 1, 1, 2), (2, 2, 2, 3, 3))
pool("max_pool2d_wide", "max_pool2d(3, KW = 2)", lambda x: F.max_pool2d(x, (3, 2)), (2, 2, 7, 7))
pool("max_pool2d_wide_more", "max_pool2d(2, KW = 3, stride = 1, stride_w = 2, padding = 1, padding_w = 0, "
     "dilation_w = 2, ceil_mode = true)",
     lambda x: F.max_pool2d(x, (2, 3), (1, 2), (1, 0), (1, 2), True), (2, 2, 5, 8))
pool("avg_pool2d_wide", "avg_pool2d(3, KW = 2)", lambda x: F.avg_pool2d(x, (3, 2)), (2, 2, 7, 7))
pool("avg_pool2d_wide_more", "avg_pool2d(2, KW = 3, stride = 1, stride_w = 2, padding = 0, padding_w = 1, "
     "count_include_pad = false)",
     lambda x: F.avg_pool2d(x, (2, 3), (1, 2), (0, 1), False, False), (2, 2, 5, 8))


def weights(n):
    return torch.exp(y(n))


for s in (0, 0.25):
    w = weights(5)
    text = "[%s]" % ", ".join("%.17g" % v for v in w.tolist())
    case("cross_entropy_weighted_%d" % (100 * s),
         "loss l = cross_entropy(a, label, label_smoothing = %s, weight = %s, ignore_index = 2)" % (s, text),
         {"a": x(6, 5)},
         lambda a, label: F.cross_entropy(a, label, w, ignore_index=2, reduction="none", label_smoothing=s).mean(),
         classes=LABEL())
w = weights(5)
text = "[%s]" % ", ".join("%.17g" % v for v in w.tolist())
case("nll_weighted", "loss l = nll(log_softmax(a), label, weight = %s, ignore_index = 0)" % text, {"a": x(6, 5)},
     lambda a, label: F.nll_loss(F.log_softmax(a, 1), label, w, ignore_index=0, reduction="none").mean(),
     classes=LABEL())
case("cross_entropy_mean_of_weights",
     "w = %s\nloss l = cross_entropy(a, label, weight = w) / (mean[batch] w[label])" % text, {"a": x(6, 5)},
     lambda a, label: F.cross_entropy(a, label, w), classes=LABEL())
loss("soft_cross_entropy_weighted", "soft_cross_entropy(a, y, label_smoothing = 0.1, weight = %s)" % text,
     lambda a, y: F.cross_entropy(a, y, w, label_smoothing=0.1, reduction="none").mean(), y_=sure(6, 5))

for name, net in (("rnn", nn.RNN), ("lstm", nn.LSTM), ("gru", nn.GRU)):
    stack = net(3, 2, 3, batch_first=True)
    layer(name + "_stacked", name + "(2, num_layers = 3)", name, stack, (2, 4, 3), lambda x: stack(x)[0])
    both = net(3, 2, 2, batch_first=True, bidirectional=True)
    layer(name + "_stacked_both", name + "(2, num_layers = 2, bidirectional = true)", name, both, (2, 4, 3),
          lambda x: both(x)[0])

with open("index.json", "w") as file:
    json.dump(INDEX, file, indent=1)
    file.write("\n")
