using System.Reflection;

namespace ImageRestoration.Models;

/// <summary>The model files embedded in a library, by names such as <c>denoise-color/card.md</c>.</summary>
internal sealed class ModelResources
{
    private const string ChecksumFile = "SHA256SUMS";

    private readonly Func<string, Stream?> _open;
    private readonly string _library;

    internal ModelResources(Assembly library)
        : this(library.GetManifestResourceStream, library.GetName().Name ?? "the library")
    {
    }

    internal ModelResources(Func<string, Stream?> open, string library)
    {
        _open = open;
        _library = library;
    }

    internal Stream Open(string name)
        => _open(name) ?? throw new ModelFormatException(
            $"This build of {_library} has no file '{name}'. "
            + "Use a released package, or embed the file as a resource of that name and build again.");

    internal string ReadText(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    /// <summary>Finds a file in the list that <c>sha256sum</c> wrote: lines of 64 digits, two characters and the name.</summary>
    internal string FindSha256(string name)
    {
        using var reader = new StreamReader(Open(ChecksumFile));
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ', 2);
            if (parts.Length == 2 && parts[0].Length == 64 && string.Equals(parts[1].TrimStart(' ', '*'), name, StringComparison.Ordinal))
            {
                return parts[0].ToLowerInvariant();
            }
        }

        throw new ModelFormatException(
            $"{ChecksumFile} of {_library} does not list '{name}'. Renew it beside the models: sha256sum */*.safetensors > {ChecksumFile}");
    }
}
