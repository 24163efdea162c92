  # ---- Gradients, moments and the optimiser, over all parameters as one flat vector ---------------

  # norms of pieces of 4,096 in f32, their norm in f64; bf16 is widened on the way, block by block into
  # one buffer: a new one per block, freed before the block's norms are kept, would never be used again
  def gradient_norm(self: __torch__.Kernels, g: Tensor) -> Tensor:
    if g.dtype == 6:
      n = torch.linalg_vector_norm(g.view([-1, 4096]), 2, [1], False)
      return torch.linalg_vector_norm(n.to(7), 2, [0], False)
    block = ops.prim.min(524288, g.size(0))
    wide = torch.empty([block], dtype=6, device=g.device)
    norms = torch.empty([g.size(0) // 4096], dtype=6, device=g.device)
    for i in range((g.size(0) + block - 1) // block):
      size = ops.prim.min(block, g.size(0) - i * block)
      x = torch.narrow(wide, 0, 0, size)
      _0 = torch.copy_(x, torch.narrow(g, 0, i * block, size))
      _1 = torch.linalg_vector_norm(x.view([-1, 4096]), 2, [1], False, out=torch.narrow(norms, 0, i * block // 4096, size // 4096))
    return torch.linalg_vector_norm(norms.to(7), 2, [0], False)

  def scale(self: __torch__.Kernels, g: Tensor, factor: float) -> int:
    _0 = torch.mul_(g, factor)
    return 0

  def zero(self: __torch__.Kernels, g: Tensor) -> int:
    _0 = torch.zero_(g)
    return 0

  # Fused AdamW, block by block, so that a block is read from memory once: its gradient times `clip`,
  # the step, its gradient set to zero. p, g, m, v: lists of one (the compiler drops writes to lists
  # made here), the whole vectors first, then the present block. A gradient or moments in bf16 are
  # widened to f32, and moments are rounded back by chance. step [1] f32 counts the steps taken.
  # noise: a block of 16-bit random numbers as bytes, which every block reads from another place on,
  # for moments in bf16.
  def adamw(self: __torch__.Kernels, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], step: List[Tensor], noise: Tensor, block: int, clip: float, lr: float, beta1: float, beta2: float, decay: float, eps: float) -> Tensor:
    _0 = torch.add_(step[0], 1)
    e = annotate(List[Tensor], [])
    ps = p[0]
    gs = g[0]
    ms = m[0]
    vs = v[0]
    n = ps.size(0)
    r = noise
    if ms.dtype == 15:
      r = torch.bitwise_and(torch.view_copy(noise, dtype=2).to(3), 65535)
      r = torch.cat([r, r], 0)
    for i in range((n + block - 1) // block):
      at = i * block
      size = ops.prim.min(block, n - at)
      p[0] = torch.narrow(ps, 0, at, size)
      g[0] = torch.narrow(gs, 0, at, size).to(6)
      m[0] = torch.narrow(ms, 0, at, size).to(6)
      v[0] = torch.narrow(vs, 0, at, size).to(6)
      if clip < 1.:
        _1 = torch.mul_(g[0], clip)
      torch._fused_adamw_(p, g, m, v, e, step, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False, grad_scale=None, found_inf=None)
      _2 = torch.zero_(torch.narrow(gs, 0, at, size))
      if ms.dtype == 15:
        turn = i * 40503 % block
        _3 = self.round_by_chance(torch.narrow(ms, 0, at, size), m[0], torch.narrow(r, 0, turn, size))
        turn = (turn + block // 2) % block
        _4 = self.round_by_chance(torch.narrow(vs, 0, at, size), v[0], torch.narrow(r, 0, turn, size))
    return ps

  # x in f32 to one of its two neighbours in bf16, with the probabilities that keep its mean: random
  # bits are added below the last bit kept, and the carry decides. noise: int32, 0 to 65535
  def round_by_chance(self: __torch__.Kernels, place: Tensor, x: Tensor, noise: Tensor) -> Tensor:
    bits = torch.bitwise_and(torch.add(torch.view_copy(x, dtype=3), noise), -65536)
    return torch.copy_(place, torch.view_copy(bits, dtype=6))

  # working values from the masters: rounded to bf16, in the working type; in f32 block by block, so
  # that the rounded values stay in the cache
  def refresh(self: __torch__.Kernels, work: Tensor, masters: Tensor) -> int:
    n = masters.size(0)
    if work.dtype == 15:
      _0 = torch.copy_(work, masters)
      return 0
    block = 524288
    for i in range((n + block - 1) // block):
      size = ops.prim.min(block, n - i * block)
      _1 = torch.copy_(torch.narrow(work, 0, i * block, size), torch.narrow(masters, 0, i * block, size).to(15))
    return 0
