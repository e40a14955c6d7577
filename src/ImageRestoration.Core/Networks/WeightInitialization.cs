using System.Collections.Immutable;
using ImageRestoration.Numerics;

namespace ImageRestoration.Networks;

/// <summary>How a network's weights start. Each architecture names the one that its paper uses.</summary>
/// <remarks>
/// <para>The distribution is for weights of at least two dimensions. With any but <see cref="InitialDistribution.PyTorch"/>, biases start
/// at 0. Normalisations, scales and the slopes of PReLU start as their layers say: at 1 and 0, the initial scale and slope.</para>
/// <para>Fan-in and fan-out are those of <c>torch.nn.init</c>: the weight's second and first extent times the kernel's positions. For
/// transposed convolutions, whose weights list inputs first, they are therefore the other way round, as in PyTorch.</para>
/// </remarks>
/// <example>
/// <code>
/// var initialization = new WeightInitialization { Distribution = InitialDistribution.HeNormal };
/// var weights = NetworkWeights.Initialize(network, new SeededRandom(1), initialization);
/// </code>
/// </example>
public sealed record WeightInitialization
{
    /// <summary>How weights are drawn.</summary>
    /// <value>Default <see cref="InitialDistribution.PyTorch"/>.</value>
    public InitialDistribution Distribution { get; init; }

    /// <summary>Slope below zero of the activations that follow, for He's distributions: 0 for ReLU, 0.2 for such a LeakyReLU.</summary>
    /// <value>Default 0.</value>
    public double NegativeSlope { get; init; }

    /// <summary>Factor of the standard deviation of He's and Glorot's distributions.</summary>
    /// <value>Default 1.</value>
    public double Gain { get; init; } = 1;

    /// <summary>Standard deviation of <see cref="InitialDistribution.Normal"/>.</summary>
    /// <value>Default 0.02.</value>
    public double StandardDeviation { get; init; } = 0.02;

    /// <summary>
    /// Whether the last layer of each residual branch starts at 0, so that the branch is nothing at first (Zhang et al. 2019, "Fixup
    /// Initialization", arXiv:1901.09321): every convolution or linear layer that is added to a value which it was itself computed from.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool ZeroResidualBranches { get; init; }

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new OptionErrors();
        if (!Enum.IsDefined(Distribution))
        {
            errors.Add($"{nameof(Distribution)} {Distribution} is unknown.");
        }

        errors.CheckRange(nameof(NegativeSlope), NegativeSlope, 0, 1);
        errors.CheckAboveZero(nameof(Gain), Gain, maximum: 100);
        errors.CheckAboveZero(nameof(StandardDeviation), StandardDeviation, maximum: 100);
        errors.ThrowIfAny("settings of the initial weights", parameterName);
    }

    internal IEnumerable<KeyValuePair<string, WeightTensor>> Draw(Network network, Random random)
    {
        HashSet<string> zero = ZeroResidualBranches ? BranchEnds(network) : [];
        foreach (Layer layer in network.Layers)
        {
            foreach (ParameterSpec parameter in layer.Parameters)
            {
                var values = new float[checked((int)parameter.ElementCount)];
                if (!zero.Contains(layer.Name))
                {
                    Fill(values, parameter, random);
                }

                yield return new($"{layer.Name}.{parameter.Name}", new WeightTensor(parameter.Shape, values));
            }
        }
    }

    private void Fill(Span<float> values, ParameterSpec parameter, Random random)
    {
        if (parameter.Fill is { } fill)
        {
            values.Fill(fill);
        }
        else if (Distribution == InitialDistribution.PyTorch)
        {
            FillUniform(values, 1f / MathF.Sqrt(parameter.FanIn), random);
        }
        else if (parameter.Shape.Length >= 2)
        {
            double sigma = Sigma(parameter.Shape);
            if (Distribution is InitialDistribution.HeUniform or InitialDistribution.XavierUniform)
            {
                FillUniform(values, (float)(Math.Sqrt(3) * sigma), random);
            }
            else
            {
                random.NextGaussian(values, sigma: (float)sigma);
            }
        }
    }

    private double Sigma(ImmutableArray<int> shape)
    {
        long positions = shape.Skip(2).Aggregate(1L, (product, extent) => product * extent);
        return Distribution switch
        {
            InitialDistribution.Normal => StandardDeviation,
            InitialDistribution.HeNormal or InitialDistribution.HeUniform
                => Gain * Math.Sqrt(2 / ((1 + (NegativeSlope * NegativeSlope)) * shape[1] * positions)),
            _ => Gain * Math.Sqrt(2.0 / ((shape[0] + (long)shape[1]) * positions)),
        };
    }

    private static void FillUniform(Span<float> values, float bound, Random random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = bound * ((2f * random.NextSingle()) - 1f);
        }
    }

    /// <summary>Layers with weights whose result is added to a value that they were computed from.</summary>
    private static HashSet<string> BranchEnds(Network network)
    {
        var layers = network.Layers.ToDictionary(layer => layer.Name, StringComparer.Ordinal);
        var ends = new HashSet<string>(StringComparer.Ordinal);
        foreach (AddLayer sum in network.Layers.OfType<AddLayer>())
        {
            foreach (string end in sum.Inputs)
            {
                if (layers.TryGetValue(end, out Layer? layer) && layer is Conv2dLayer or ConvTranspose2dLayer or LinearLayer
                    && sum.Inputs.Any(other => other != end && DependsOn(layers, end, other)))
                {
                    ends.Add(end);
                }
            }
        }

        return ends;
    }

    private static bool DependsOn(Dictionary<string, Layer> layers, string value, string source)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { value };
        var open = new Stack<string>(seen);
        while (open.TryPop(out string? name))
        {
            if (name == source)
            {
                return true;
            }

            foreach (string input in layers.TryGetValue(name, out Layer? layer) ? layer.Inputs : [])
            {
                if (seen.Add(input))
                {
                    open.Push(input);
                }
            }
        }

        return false;
    }
}
