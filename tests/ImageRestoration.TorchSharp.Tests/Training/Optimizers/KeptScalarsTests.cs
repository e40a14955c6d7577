using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>
/// Numbers given to torch live as long as the operation. TorchSharp's own optimisers failed some hundred times in as many steps beside a thread
/// that collects: SGD 128 times in 16,456 steps of 20 tensors, Adam 200 in 10,081, AdamW 194 in 6,160 (TorchSharp 0.107).
/// </summary>
public sealed class KeptScalarsTests
{
    private const int Steps = 4_000;

    public static TheoryData<OptimizerOptions> Optimizers() => [new SgdOptions { Momentum = 0.9 }, new AdamOptions(), new AdamWOptions()];

    [Theory]
    [MemberData(nameof(Optimizers), DisableDiscoveryEnumeration = true)]
    public void Update_BesideGarbageCollections_NeverLosesItsNumbers(OptimizerOptions options)
    {
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor[] parameters = [.. Enumerable.Range(0, 20).Select(_ => zeros(16))];
            Tensor[][] states = [.. parameters.Select(p => options.StateNames.Select(_ => zeros_like(p)).ToArray())];
            Tensor gradient = ones(16);
            for (int step = 1; step <= Steps; step++)
            {
                using DisposeScope inner = NewDisposeScope();
                for (int i = 0; i < parameters.Length; i++)
                {
                    options.Update(parameters[i], gradient, states[i], step, learningRate: 1e-3);
                }
            }

            // All of them saw the same numbers.
            float[] expected = TorchTensors.ToArray(parameters[0]);
            Assert.All(parameters, p => Assert.Equal(expected, TorchTensors.ToArray(p)));
            Assert.True(expected[0] < 0);
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }
}
