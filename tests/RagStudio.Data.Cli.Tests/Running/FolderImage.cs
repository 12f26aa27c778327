using System.Security.Cryptography;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Everything in a folder, so that a test can tell that nothing was changed.</summary>
internal static class FolderImage
{
    /// <summary>A line per file, with its path, when it was changed and a hash of its content; and one per folder.</summary>
    public static string[] Of(string folder) =>
        [
            .. new DirectoryInfo(folder)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
                .Select(entry => entry is FileInfo file ? Describe(file) : entry.FullName),
        ];

    private static string Describe(FileInfo file) =>
        $"{file.FullName} {file.LastWriteTimeUtc:O} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName)))}";
}
