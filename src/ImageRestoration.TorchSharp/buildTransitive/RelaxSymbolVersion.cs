using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF library and marks one symbol version that it requires as weak, so that the dynamic linker loads it
/// where no library has that version. Reference: System V ABI, "Sections"; Linux Standard Base core specification, "Symbol versioning".
/// </summary>
public class RelaxSymbolVersion : Task
{
    private const uint VersionsNeeded = 0x6FFFFFFE; // SHT_GNU_verneed
    private const byte Weak = 2; // VER_FLG_WEAK

    public string Source { get; set; }

    public string Destination { get; set; }

    public string Version { get; set; }

    public override bool Execute()
    {
        byte[] file = File.ReadAllBytes(Source);
        if (file.Length < 64 || BitConverter.ToUInt32(file, 0) != 0x464C457F || file[4] != 2 || file[5] != 1)
        {
            Log.LogError(
                "'{0}' is no 64-bit little-endian ELF file. Set ImageRestorationRelaxLibstdcxx to false to use it as it is.", Source);
            return false;
        }

        int marked = Mark(file, Version);
        string folder = Path.GetDirectoryName(Destination);
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, Path.GetRandomFileName());
        File.WriteAllBytes(temporary, file);
        try
        {
            File.Delete(Destination);
            File.Move(temporary, Destination);
        }
        catch (IOException) when (File.Exists(Destination))
        {
            // Another project of the same build was faster, with the same result.
            File.Delete(temporary);
        }

        Log.LogMessage(MessageImportance.Low, "{0}: {1} requirement(s) of {2} made weak.", Destination, marked, Version);
        return true;
    }

    private static int Mark(byte[] file, string version)
    {
        int marked = 0;
        long headers = BitConverter.ToInt64(file, 0x28);
        int headerSize = BitConverter.ToUInt16(file, 0x3A);
        int count = BitConverter.ToUInt16(file, 0x3C);
        for (int i = 0; i < count; i++)
        {
            int header = checked((int)(headers + ((long)i * headerSize)));
            if (BitConverter.ToUInt32(file, header + 4) != VersionsNeeded)
            {
                continue;
            }

            int need = checked((int)BitConverter.ToInt64(file, header + 0x18));
            long link = BitConverter.ToUInt32(file, header + 0x28);
            int names = checked((int)BitConverter.ToInt64(file, checked((int)(headers + (link * headerSize))) + 0x18));
            uint next;
            do
            {
                int auxiliary = checked(need + (int)BitConverter.ToUInt32(file, need + 8));
                for (int left = BitConverter.ToUInt16(file, need + 2); left > 0; left--)
                {
                    int name = checked(names + (int)BitConverter.ToUInt32(file, auxiliary + 8));
                    if (Array.IndexOf(file, (byte)0, name) == name + version.Length
                        && Encoding.ASCII.GetString(file, name, version.Length) == version)
                    {
                        file[auxiliary + 4] |= Weak;
                        marked++;
                    }

                    auxiliary = checked(auxiliary + (int)BitConverter.ToUInt32(file, auxiliary + 12));
                }

                next = BitConverter.ToUInt32(file, need + 12);
                need = checked(need + (int)next);
            }
            while (next != 0);
        }

        return marked;
    }
}
