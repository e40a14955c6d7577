namespace ImageRestoration.Networks;

/// <summary>Joins an encoder and a decoder at their latent.</summary>
internal static class NetworkComposition
{
    internal const string EncoderPrefix = "encoder.";
    internal const string DecoderPrefix = "decoder.";

    internal static Network Compose(string name, Network encoder, Network decoder)
    {
        ThrowIfLatentsDiffer(encoder, decoder);
        var builder = new NetworkBuilder(name);
        var encoderNames = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (NetworkInput input in encoder.Inputs)
        {
            encoderNames.Add(input.Name, builder.Input(input).Name);
        }

        AppendAll(builder, encoder, EncoderPrefix, encoderNames);

        var decoderNames = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (NetworkInput input in decoder.Inputs)
        {
            decoderNames.Add(input.Name, input.IsCondition
                ? encoderNames.GetValueOrDefault(input.Name) ?? builder.Input(input).Name
                : encoderNames[encoder.Outputs.First(o => o.Name == input.Name).Value]);
        }

        AppendAll(builder, decoder, DecoderPrefix, decoderNames);
        foreach (NetworkOutput output in decoder.Outputs)
        {
            builder.Output(output.Name, builder.Value(decoderNames[output.Value]));
        }

        foreach (NetworkOutput output in encoder.Outputs.Where(o => decoder.Inputs.All(i => i.Name != o.Name)))
        {
            builder.Output(output.Name, builder.Value(encoderNames[output.Value]));
        }

        return builder.Build();
    }

    private static void AppendAll(NetworkBuilder builder, Network network, string prefix, Dictionary<string, string> names)
    {
        foreach (Layer layer in network.Layers)
        {
            Layer renamed = layer with { Name = prefix + layer.Name, Inputs = [.. layer.Inputs.Select(i => names[i])] };
            names.Add(layer.Name, builder.Append(renamed).Name);
        }
    }

    private static void ThrowIfLatentsDiffer(Network encoder, Network decoder)
    {
        var made = encoder.Outputs.ToDictionary(o => o.Name, StringComparer.Ordinal);
        foreach (NetworkInput input in decoder.Inputs.Where(i => !i.IsCondition))
        {
            if (!made.Remove(input.Name, out NetworkOutput? output))
            {
                throw NetworkErrors.LatentNotMade(encoder, decoder, input);
            }

            if (output.Channels != input.Channels || output.HeightScale != input.Scale || output.WidthScale != input.Scale)
            {
                throw NetworkErrors.LatentDiffers(encoder, output, decoder, input);
            }
        }

        // A condition of both is one input of the whole.
        foreach (NetworkInput condition in decoder.Inputs.Where(i => i.IsCondition))
        {
            NetworkInput? same = encoder.Inputs.FirstOrDefault(i => i.Name == condition.Name);
            if (made.ContainsKey(condition.Name) || (same is not null && same != condition))
            {
                throw NetworkErrors.ConditionDiffers(encoder, decoder, condition);
            }
        }

        if (made.Keys.FirstOrDefault(name => decoder.Outputs.Any(o => o.Name == name)) is { } twice)
        {
            throw NetworkErrors.MadeTwice(encoder, decoder, twice);
        }
    }
}
