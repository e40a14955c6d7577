namespace TorchSharp;

public enum PaddingModes
{
    Zeros = 0,
    Reflect = 1,
    Replicate = 2,
    Circular = 3,
    Constant = 4,
}

public enum Padding
{
    Valid = 0,
    Same = 1,
}

public static partial class torch
{
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        ComplexFloat32 = 9,
        ComplexFloat64 = 10,
        Bool = 11,
        BFloat16 = 15,
    }

    public enum InterpolationMode
    {
        Nearest = 0,
        Linear = 1,
        Bilinear = 2,
        Bicubic = 3,
        Trilinear = 4,
        Area = 5,
    }

    public static ScalarType @bool = ScalarType.Bool;
    public static ScalarType uint8 = ScalarType.Byte;
    public static ScalarType int8 = ScalarType.Int8;
    public static ScalarType int16 = ScalarType.Int16;
    public static ScalarType int32 = ScalarType.Int32;
    public static ScalarType int64 = ScalarType.Int64;
    public static ScalarType half = ScalarType.Float16;
    public static ScalarType float16 = ScalarType.Float16;
    public static ScalarType float32 = ScalarType.Float32;
    public static ScalarType float64 = ScalarType.Float64;
    public static ScalarType bfloat16 = ScalarType.BFloat16;
    public static ScalarType @short = ScalarType.Int16;
    public static ScalarType @int = ScalarType.Int32;
    public static ScalarType @long = ScalarType.Int64;
    public static ScalarType @float = ScalarType.Float32;
    public static ScalarType @double = ScalarType.Float64;

    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.BFloat16 or ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64;

    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    public static Device CPU = new(DeviceType.CPU, -1);
    public static Device CUDA = new(DeviceType.CUDA, -1);
    public static Device META = new(DeviceType.META, -1);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);

    public class Device
    {
        public DeviceType type { get; private set; } = DeviceType.CPU;

        public int index { get; private set; } = -1;

        public Device(string description)
        {
            var parts = description.Split(':');
            if (parts.Length == 1)
            {
                type = ParseType(parts[0]);
            }
            else if (parts.Length == 2)
            {
                type = ParseType(parts[0]);
                index = int.Parse(parts[1]);
            }
            else
            {
                throw new ArgumentException($"Invalid device specification: {description}");
            }
        }

        public Device(string deviceType, int index = -1)
        {
            type = ParseType(deviceType);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public Device(int index)
        {
            type = DeviceType.CUDA;
            this.index = index;
        }

        public static bool operator ==(Device? left, Device? right) =>
            left is null ? right is null : right is not null && left.type == right.type && left.index == right.index;

        public static bool operator !=(Device? left, Device? right) => !(left == right);

        public static implicit operator Device(string description) => new(description);

        public override bool Equals(object? obj) => obj is Device other && this == other;

        public override int GetHashCode() => HashCode.Combine(type, index);

        public override string ToString() =>
            type == DeviceType.CPU ? "cpu" : index == -1 ? type.ToString().ToLowerInvariant() : $"{type.ToString().ToLowerInvariant()}:{index}";

        private static DeviceType ParseType(string name) =>
            Enum.TryParse<DeviceType>(name, ignoreCase: true, out var parsed)
                ? parsed
                : throw new ArgumentException($"Unknown device type: {name}");
    }
}
