using System.Collections.Concurrent;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;

namespace SixLabors.ImageSharp;

public interface IImageFormatConfigurationModule
{
    void Configure(Configuration configuration);
}

public sealed class Configuration
{
    private int _maxDegreeOfParallelism = Environment.ProcessorCount;
    private MemoryAllocator _memoryAllocator = MemoryAllocator.Default;

    public Configuration()
    {
    }

    public Configuration(params IImageFormatConfigurationModule[] configurationModules)
    {
        foreach (IImageFormatConfigurationModule module in configurationModules)
        {
            module.Configure(this);
        }
    }

    public static Configuration Default { get; } = new(
        new PngConfigurationModule(), new JpegConfigurationModule(), new WebpConfigurationModule(), new TiffConfigurationModule());

    public int MaxDegreeOfParallelism
    {
        get => this._maxDegreeOfParallelism;
        set
        {
            if (value is 0 or < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(this.MaxDegreeOfParallelism));
            }

            this._maxDegreeOfParallelism = value;
        }
    }

    public bool PreferContiguousImageBuffers { get; set; }

    public IDictionary<object, object> Properties { get; } = new ConcurrentDictionary<object, object>();

    public IEnumerable<IImageFormat> ImageFormats => this.ImageFormatsManager.ImageFormats;

    public ReadOrigin ReadOrigin { get; set; } = ReadOrigin.Current;

    public ImageFormatManager ImageFormatsManager { get; private set; } = new();

    public MemoryAllocator MemoryAllocator
    {
        get => this._memoryAllocator;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(this.MemoryAllocator));
            this._memoryAllocator = value;
        }
    }

    public void Configure(IImageFormatConfigurationModule configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Configure(this);
    }

    public Configuration Clone() => new()
    {
        MaxDegreeOfParallelism = this.MaxDegreeOfParallelism,
        PreferContiguousImageBuffers = this.PreferContiguousImageBuffers,
        ImageFormatsManager = this.ImageFormatsManager,
        MemoryAllocator = this.MemoryAllocator,
        ReadOrigin = this.ReadOrigin,
    };
}

public enum ReadOrigin
{
    Begin,
    Current,
}
