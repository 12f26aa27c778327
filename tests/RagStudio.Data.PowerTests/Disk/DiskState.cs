using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.PowerTests.Disk;

/// <summary>The names and contents of a folder.</summary>
internal sealed class DiskState
{
    private readonly SortedDictionary<string, (DiskNode Node, byte[] Content)> _entries = new(StringComparer.Ordinal);

    public static DiskState Of(IReadOnlyDictionary<string, DiskNode> names, Func<DiskFile, byte[]> contentOf)
    {
        var state = new DiskState();
        var contents = new Dictionary<DiskFile, byte[]>();
        foreach (var (path, node) in names.OrderBy(name => name.Key, StringComparer.Ordinal))
        {
            if (node is DiskFile file && !contents.ContainsKey(file))
            {
                contents[file] = contentOf(file);
            }
            state._entries[path] = (node, node is DiskFile known ? contents[known] : []);
        }
        return state;
    }

    /// <summary>Identifies a state.</summary>
    public string Hash => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Describe()))));

    /// <summary>Returns a line for each name.</summary>
    public IEnumerable<string> Describe() =>
        _entries.Select(entry =>
            entry.Value.Node switch
            {
                DiskFile =>
                    $"{entry.Key} {entry.Value.Content.Length} {Convert.ToHexStringLower(SHA256.HashData(entry.Value.Content))[..16]}",
                DiskLink link => $"{entry.Key} -> {link.Target}",
                _ => $"{entry.Key}/",
            }
        );

    /// <summary>Makes a folder have exactly this content.</summary>
    public void WriteTo(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        // In ordinal order, a folder precedes its content.
        foreach (var (path, (node, content)) in _entries)
        {
            var full = Path.Combine(folder, path);
            switch (node)
            {
                case DiskFolder:
                    Directory.CreateDirectory(full);
                    break;
                case DiskLink link:
                    File.CreateSymbolicLink(full, link.Target);
                    break;
                default:
                    File.WriteAllBytes(full, content);
                    break;
            }
        }
    }
}
