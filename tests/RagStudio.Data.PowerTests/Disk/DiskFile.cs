namespace RagStudio.Data.PowerTests.Disk;

/// <summary>A file: its content on the disk, the content that readers see, and the changes between the two.</summary>
internal sealed class DiskFile(byte[] content) : DiskNode
{
    public const int PageSize = 4096;

    private byte[] _durable = content;
    private byte[] _current = [.. content];
    private readonly List<FileChange> _changes = [];
    private readonly HashSet<long> _lostPages = [];

    public long Length => _current.Length;

    public void Write(long at, ReadOnlyMemory<byte> data)
    {
        if (at + data.Length > _current.Length)
        {
            Array.Resize(ref _current, (int)(at + data.Length));
        }
        data.Span.CopyTo(_current.AsSpan((int)at));
        _changes.Add(new FileChange(at, data));
        RewriteLostPages(at, data.Length);
    }

    public void Grow(long length)
    {
        if (length > _current.Length)
        {
            Array.Resize(ref _current, (int)length);
            _changes.Add(new FileChange(length, default));
        }
    }

    /// <param name="length">The new length, less than the present one.</param>
    /// <param name="change">The number of the cut among the changes of metadata.</param>
    public void Cut(long length, long change)
    {
        Array.Resize(ref _current, (int)length);
        _changes.Add(new FileChange(length, default, change));
        _lostPages.RemoveWhere(page => page * PageSize >= length);
    }

    public void Flush()
    {
        _durable = Surviving.All(_durable, _changes, long.MaxValue);
        _changes.Clear();
    }

    /// <summary>
    /// After that the system considers the pages clean although the disk does not have them: a later flush
    /// succeeds and does not write them, unless they are written to again.
    /// </summary>
    public void FailToFlush()
    {
        foreach (var change in _changes.Where(change => change.Data.Length > 0))
        {
            _lostPages.UnionWith(PagesOf(change.At, change.Data.Length));
        }
        _changes.RemoveAll(change => change.Data.Length > 0);
        _changes.Add(new FileChange(_current.Length, default));
    }

    /// <summary>The content on the disk after a power failure.</summary>
    /// <param name="how">What has survived.</param>
    /// <param name="names">The last change of metadata that has survived.</param>
    /// <param name="random">Chooses parts.</param>
    public byte[] After(Survival how, long names, Random random) =>
        how switch
        {
            Survival.Everything when _lostPages.Count == 0 => [.. _current],
            Survival.Everything or Survival.Content => Surviving.All(_durable, _changes, names),
            Survival.Nothing or Survival.Names => Surviving.Cuts(_durable, _changes, names),
            _ => Surviving.Part(_durable, _changes, names, random),
        };

    /// <summary>The content that a reader sees while the system runs.</summary>
    public byte[] Read() => [.. _current];

    public static IEnumerable<long> PagesOf(long at, int length)
    {
        for (var page = at / PageSize; page * PageSize < at + length; page++)
        {
            yield return page;
        }
    }

    /// <summary>A page is written as a whole, including previously lost writes to it.</summary>
    private void RewriteLostPages(long at, int length)
    {
        foreach (var page in PagesOf(at, length).Where(_lostPages.Remove))
        {
            var start = page * PageSize;
            var end = Math.Min(start + PageSize, _current.Length);
            _changes.Add(new FileChange(start, _current.AsSpan((int)start, (int)(end - start)).ToArray()));
        }
    }
}
