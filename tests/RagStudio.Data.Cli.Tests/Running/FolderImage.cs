using System.Security.Cryptography;

namespace RagStudio.Data.Cli.Tests;

/// <summary>The state of everything in a folder, to assert that nothing was changed.</summary>
internal static class FolderImage
{
    /// <summary>
    /// Returns a line for each file, with its path, modification time and a hash of its content, and a line
    /// for each folder.
    /// </summary>
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
