using System.Collections.Immutable;
using ImageRestoration.Networks;

namespace ImageRestoration.OnnxRuntime;

/// <summary>An ONNX file in memory, with the names that the network's inputs and outputs have in it, in the network's order.</summary>
internal sealed record ExportedNetwork(byte[] Bytes, ImmutableArray<string> InputNames, ImmutableArray<string> OutputNames)
{
    /// <summary>Opens a session; one that computes with 16 bits is compared with the reference first.</summary>
    internal OnnxSession Open(Network network, NetworkWeights weights, string name, OnnxOptions options)
    {
        OnnxSession session = OnnxSession.FromMemory(Bytes, name, options);
        try
        {
            if (options.Precision == OnnxPrecision.Float16)
            {
                ExportParity.Verify(network, weights, this, session, OnnxExportOptions.HalfTolerance, CancellationToken.None);
            }

            return session;
        }
        catch (ExportParityException e)
        {
            session.Dispose();
            throw new BackendException(
                $"'{name}' cannot be computed with 16 bits: {e.Message} Use {nameof(OnnxPrecision)}.{nameof(OnnxPrecision.Float32)}.", e);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
