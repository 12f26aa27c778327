using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests.Disk;

/// <summary>
/// A disk as ext4 is one with <c>data=ordered</c>, by its promises and not by its habits.
/// <list type="bullet">
/// <item>Content that was not flushed is there or not, page by page, in any order; a page may be torn at its sectors.</item>
/// <item>The length of a file is one that it has had since its last flush.</item>
/// <item>Changes of metadata (names, folders, cuts of files) are in a journal: what has survived of them is the first of them, in order.</item>
/// <item>A flush of a file brings its content and length to the disk, and the journal up to the last change that touched the file: its creation, its rename.
/// A flush of a folder does the same for every change of a name in it.</item>
/// <item>A flush that failed leaves pages that no later flush writes.</item>
/// </list>
/// What ext4 does beyond that (it flushes a file that is renamed over another one, it writes all every five seconds) is not relied upon.
/// Two names of one file become two files.
/// </summary>
internal sealed class DiskModel
{
    private readonly Dictionary<string, DiskNode> _durable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DiskNode> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, DiskNode> _open = [];
    private readonly List<NameChange> _changes = [];
    private long _count;

    private DiskModel() { }

    /// <summary>Creates a disk with a folder's content, all of it flushed.</summary>
    public static DiskModel Of(string folder)
    {
        var model = new DiskModel();
        model._durable[""] = new DiskFolder();
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            model._durable[Path.GetRelativePath(folder, entry.FullName)] = entry switch
            {
                { LinkTarget: { } target } => new DiskLink(target),
                DirectoryInfo => new DiskFolder(),
                _ => new DiskFile(File.ReadAllBytes(entry.FullName)),
            };
        }
        foreach (var (path, node) in model._durable)
        {
            model._current[path] = node;
        }
        return model;
    }

    /// <exception cref="InvalidOperationException">The model does not know an operation.</exception>
    public void Apply(IEnumerable<DiskOperation> operations)
    {
        foreach (var operation in operations)
        {
            Apply(operation);
        }
    }

    /// <summary>The disk after a power failure at this moment.</summary>
    public DiskState After(Survival how, Random random)
    {
        var kept = how switch
        {
            Survival.Everything or Survival.Names => _changes.Count,
            Survival.Nothing or Survival.Content => 0,
            _ => random.Next(_changes.Count + 1),
        };
        var names = new Dictionary<string, DiskNode>(_durable, StringComparer.Ordinal);
        foreach (var change in _changes.Take(kept))
        {
            change.Apply(names);
        }
        var last = _count - _changes.Count + kept;
        return DiskState.Of(names, file => file.After(how, last, random));
    }

    /// <summary>The content that readers see now, which is what a program leaves when it exits.</summary>
    public DiskState Now() => DiskState.Of(_current, file => file.Read());

    private void Apply(DiskOperation operation)
    {
        switch (operation.Kind)
        {
            case DiskOperationKind.Open:
                _open[operation.File] = _current[operation.Path];
                break;
            case DiskOperationKind.Create:
                Add(operation.Path, _open[operation.File] = new DiskFile([]));
                break;
            case DiskOperationKind.MakeFolder:
                Add(operation.Path, new DiskFolder());
                break;
            case DiskOperationKind.SymbolicLink:
                Add(operation.Path, new DiskLink(operation.Other));
                break;
            case DiskOperationKind.Link:
                Add(operation.Other, _current[operation.Path]);
                break;
            case DiskOperationKind.Unlink or DiskOperationKind.RemoveFolder:
                Remove(operation.Path);
                break;
            case DiskOperationKind.Rename:
                Rename(operation.Path, operation.Other);
                break;
            case DiskOperationKind.Write:
                FileOf(operation).Write(operation.At, operation.Data);
                break;
            case DiskOperationKind.Allocate:
                FileOf(operation).Grow(operation.At);
                break;
            case DiskOperationKind.Truncate:
                Truncate(FileOf(operation), operation.At);
                break;
            case DiskOperationKind.Sync:
                Flush(_open[operation.File]);
                break;
            case DiskOperationKind.SyncFailed:
                (_open[operation.File] as DiskFile)?.FailToFlush();
                break;
            case DiskOperationKind.Fault:
                break;
            default:
                throw new InvalidOperationException($"The model of the disk does not know {operation}.");
        }
    }

    private DiskFile FileOf(DiskOperation operation) => (DiskFile)_open[operation.File];

    private void Add(string path, DiskNode node) => Change(names => names[path] = node, node, ParentOf(path));

    private void Remove(string path) => Change(names => names.Remove(path), _current[path], ParentOf(path));

    private void Rename(string from, string to)
    {
        List<DiskNode> touched = [_current[from], ParentOf(from), ParentOf(to)];
        if (_current.TryGetValue(to, out var replaced))
        {
            touched.Add(replaced);
        }
        Change(names => Move(names, from, to), [.. touched]);
    }

    private static void Move(Dictionary<string, DiskNode> names, string from, string to)
    {
        foreach (var (path, node) in names.Where(name => IsIn(from, name.Key)).ToArray())
        {
            names.Remove(path);
            names[to + path[from.Length..]] = node;
        }
    }

    private static bool IsIn(string folder, string path) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private void Truncate(DiskFile file, long length)
    {
        if (length >= file.Length)
        {
            file.Grow(length);
            return;
        }
        Change(_ => { }, file);
        file.Cut(length, _count);
    }

    private void Change(Action<Dictionary<string, DiskNode>> apply, params IReadOnlyList<DiskNode> touches)
    {
        apply(_current);
        _changes.Add(new NameChange(++_count, touches, apply));
    }

    private void Flush(DiskNode node)
    {
        (node as DiskFile)?.Flush();
        var flushed = _changes.FindLastIndex(change => change.Touches.Contains(node)) + 1;
        foreach (var change in _changes.Take(flushed))
        {
            change.Apply(_durable);
        }
        _changes.RemoveRange(0, flushed);
    }

    private DiskNode ParentOf(string path) => _current[Path.GetDirectoryName(path) ?? ""];
}
