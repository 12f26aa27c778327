using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace RagStudio.Data.Packages.Tests;

/// <summary>An assembly in a package.</summary>
/// <param name="Mvid">Identical for the same IL of one compilation.</param>
/// <param name="HasNativeCode">True if it contains ReadyToRun code besides its IL.</param>
internal sealed record PackedAssembly(Guid Mvid, bool HasNativeCode)
{
    public static PackedAssembly Read(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using (var stream = entry.Open())
        {
            stream.CopyTo(content);
        }

        content.Position = 0;
        using var file = new PEReader(content);
        var metadata = file.GetMetadataReader();
        return new PackedAssembly(
            metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
            file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0
        );
    }
}
