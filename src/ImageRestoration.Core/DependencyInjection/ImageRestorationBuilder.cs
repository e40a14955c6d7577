using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ImageRestoration.DependencyInjection;

/// <summary>
/// Registers restorers: keyed singletons of <see cref="IRestorer"/>, disposed by the container. Registration loads nothing; a restorer is
/// made when it is first asked for, or by <see cref="RestorerCatalog.WarmUpAsync"/>.
/// </summary>
public sealed class ImageRestorationBuilder
{
    internal ImageRestorationBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services that restorers are added to.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Registers any restorer: a classical method, one of the user's own, or one that needs more than a model.</summary>
    /// <param name="name">Key that the restorer is asked for by.</param>
    /// <param name="create">Makes the restorer when it is first asked for.</param>
    /// <returns>A builder that puts tiling, logging and more around the restorer.</returns>
    /// <exception cref="ArgumentException">The name is empty, or taken.</exception>
    public RestorerBuilder AddRestorer(string name, Func<IServiceProvider, IRestorer> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        if (Services.Any(s => !s.IsKeyedService && s.ImplementationInstance is RestorerRegistration taken && taken.Name == name))
        {
            throw new ArgumentException($"A restorer is registered as '{name}' already. Choose another name.", nameof(name));
        }

        var builder = new RestorerBuilder(create, name);
        Services.AddSingleton(new RestorerRegistration(name));
        Services.AddKeyedSingleton(name, (services, _) => builder.Build(services));
        return builder;
    }

    /// <summary>Registers a restorer that runs a model, with named options: for backends.</summary>
    /// <typeparam name="TOptions">The backend's options.</typeparam>
    /// <param name="name">Key that the restorer is asked for by, and name of its options.</param>
    /// <param name="configure">Sets options in code; <see langword="null"/> where configuration alone does.</param>
    /// <param name="create">
    /// Makes the restorer of checked options and of what loads the model, when it is first asked for; also that of the model for grey of a
    /// <see cref="ModelRestorerOptions.Pretrained"/> one.
    /// </param>
    /// <returns>A builder that puts tiling, logging and more around the restorer.</returns>
    /// <exception cref="ArgumentException">The name is empty, or taken.</exception>
    public RestorerBuilder AddRestorer<TOptions>(
        string name, Action<TOptions>? configure, Func<IServiceProvider, TOptions, Func<Model>, IRestorer> create)
        where TOptions : ModelRestorerOptions, new()
    {
        ArgumentNullException.ThrowIfNull(create);
        RestorerBuilder builder = AddRestorer(name, services =>
        {
            TOptions given = services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
            return given.Pretrained?.CreateRestorer(model => create(services, given, () => model))
                ?? create(services, given, () => given.LoadModel(services));
        });
        OptionsBuilder<TOptions> options = Services.AddOptions<TOptions>(name).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, ModelRestorerOptionsValidator<TOptions>>());
        return builder;
    }

    /// <summary>
    /// Registers an encoder with a decoder, of any backends or written by hand. Whether their latents fit is checked when they are joined,
    /// as the restorer is first asked for, before it runs.
    /// </summary>
    /// <param name="name">Key that the restorer is asked for by, and its name.</param>
    /// <param name="task">What the pair does.</param>
    /// <param name="encoder">Makes the encoder; it belongs to the restorer then.</param>
    /// <param name="decoder">Makes the decoder; it belongs to the restorer then.</param>
    /// <returns>A builder that puts tiling, logging and more around the restorer.</returns>
    /// <exception cref="ArgumentException">The name is empty, or taken.</exception>
    public RestorerBuilder AddAutoencoderRestorer(
        string name, RestorationTask task, Func<IServiceProvider, IEncoder> encoder, Func<IServiceProvider, IDecoder> decoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        return AddRestorer(name, services => Join(name, task, encoder(services), decoder, services));
    }

    private static AutoencoderRestorer Join(
        string name, RestorationTask task, IEncoder encoder, Func<IServiceProvider, IDecoder> createDecoder, IServiceProvider services)
    {
        IDecoder? decoder = null;
        try
        {
            decoder = createDecoder(services);
            return new AutoencoderRestorer(encoder, decoder, task, name);
        }
        catch
        {
            encoder?.Dispose();
            decoder?.Dispose();
            throw;
        }
    }
}
