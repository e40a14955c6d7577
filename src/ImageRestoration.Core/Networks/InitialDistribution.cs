namespace ImageRestoration.Networks;

/// <summary>How the weights of convolutions and linear layers are drawn before training.</summary>
public enum InitialDistribution
{
    /// <summary>What PyTorch's layers start with: uniform within ±1/√fan-in, biases too (He et al. 2015 with a slope of √5).</summary>
    PyTorch,

    /// <summary>
    /// Normal, variance 2 / ((1 + slope²) × fan-in): <c>torch.nn.init.kaiming_normal_</c> (He et al. 2015, arXiv:1502.01852, equation 14).
    /// </summary>
    HeNormal,

    /// <summary>Uniform with the same variance: <c>torch.nn.init.kaiming_uniform_</c>.</summary>
    HeUniform,

    /// <summary>Normal, variance 2 / (fan-in + fan-out): <c>torch.nn.init.xavier_normal_</c> (Glorot and Bengio 2010, eq. 12).</summary>
    XavierNormal,

    /// <summary>Uniform with the same variance: <c>torch.nn.init.xavier_uniform_</c> (Glorot and Bengio 2010, equation 16).</summary>
    XavierUniform,

    /// <summary>One standard deviation for all layers: DCGAN (Radford et al. 2016, arXiv:1511.06434, section 4), pix2pix.</summary>
    Normal,
}
