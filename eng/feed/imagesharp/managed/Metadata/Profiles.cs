using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Metadata.Profiles.Icc
{
    public sealed class IccProfile : IDeepCloneable<IccProfile>
    {
        private readonly byte[] _data;

        public IccProfile(byte[] data)
        {
            ArgumentNullException.ThrowIfNull(data);
            this._data = data;
        }

        public IccProfile DeepClone() => new((byte[])this._data.Clone());

        public byte[] ToByteArray() => (byte[])this._data.Clone();

        public bool CheckIsValid()
        {
            const int headerSize = 128;
            const uint maximumSize = 50_970_624;
            if (this._data.Length < headerSize)
            {
                return false;
            }

            uint size = BinaryPrimitives.ReadUInt32BigEndian(this._data);
            uint intent = BinaryPrimitives.ReadUInt32BigEndian(this._data.AsSpan(64));
            return size >= headerSize && size < maximumSize && intent <= 3;
        }
    }
}

namespace SixLabors.ImageSharp.Metadata.Profiles.Iptc
{
    /// <summary>Holds the bytes; single values are not read.</summary>
    public sealed class IptcProfile : IDeepCloneable<IptcProfile>
    {
        public IptcProfile()
            : this((byte[]?)null)
        {
        }

        public IptcProfile(byte[]? data) => this.Data = data;

        public byte[]? Data { get; }

        public void UpdateData()
        {
            // No value can have changed.
        }

        public IptcProfile DeepClone() => new((byte[]?)this.Data?.Clone());
    }
}

namespace SixLabors.ImageSharp.Metadata.Profiles.Xmp
{
    public sealed class XmpProfile : IDeepCloneable<XmpProfile>
    {
        public XmpProfile()
            : this((byte[]?)null)
        {
        }

        public XmpProfile(byte[]? data) => this.Data = data;

        internal byte[]? Data { get; }

        public byte[] ToByteArray()
        {
            ArgumentNullException.ThrowIfNull(this.Data);
            return (byte[])this.Data.Clone();
        }

        public XmpProfile DeepClone() => new((byte[]?)this.Data?.Clone());
    }
}
