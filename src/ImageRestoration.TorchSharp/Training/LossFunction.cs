namespace ImageRestoration.TorchSharp;

/// <summary>What training minimises: the mean over all values of a function of prediction − target.</summary>
public enum LossFunction
{
    /// <summary>√(d² + ε²): L1 that is smooth around zero. Charbonnier et al. 1994; Lai et al. 2017 (arXiv:1704.03915), equation 2.</summary>
    Charbonnier,

    /// <summary>|d|.</summary>
    L1,

    /// <summary>d².</summary>
    MeanSquaredError,
}
