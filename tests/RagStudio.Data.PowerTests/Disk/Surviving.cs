namespace RagStudio.Data.PowerTests.Disk;

/// <summary>The contents of a file of which some changes have survived.</summary>
internal static class Surviving
{
    private const int Sector = 512;

    /// <summary>
    /// Everything, except a truncation that is not in the disk's journal, and what was written into the space
    /// that it had freed.
    /// </summary>
    public static byte[] All(byte[] durable, IReadOnlyList<FileChange> changes, long names)
    {
        byte[] content = [.. durable];
        foreach (var change in UpToLostCut(changes, names))
        {
            content = Apply(content, change);
        }
        return content;
    }

    /// <summary>No content and no growth, but every truncation that is in the disk's journal.</summary>
    public static byte[] Cuts(byte[] durable, IReadOnlyList<FileChange> changes, long names)
    {
        var left = UpToLostCut(changes, names).Where(change => change.IsCut).Select(change => change.At);
        return durable[..(int)left.Append(durable.Length).Min()];
    }

    /// <summary>Some of it: all of the file, nothing, or page by page.</summary>
    public static byte[] Part(byte[] durable, IReadOnlyList<FileChange> changes, long names, Random random) =>
        random.Next(4) switch
        {
            0 => All(durable, changes, names),
            1 => Cuts(durable, changes, names),
            _ => Pages(durable, [.. UpToLostCut(changes, names)], random),
        };

    private static byte[] Pages(byte[] durable, FileChange[] changes, Random random)
    {
        byte[] content = [.. durable];
        for (var start = 0; start < changes.Length; )
        {
            var cut = Array.FindIndex(changes, start, change => change.IsCut);
            var end = cut < 0 ? changes.Length : cut;
            content = PagesBetweenCuts(content, changes[start..end], random);
            content = cut < 0 ? content : Apply(content, changes[cut]);
            start = end + 1;
        }
        return content;
    }

    /// <summary>
    /// Each page has received the first of its writes, independent of other pages; the last one possibly in
    /// part.
    /// </summary>
    private static byte[] PagesBetweenCuts(byte[] before, FileChange[] changes, Random random)
    {
        var length = LengthAfter(before.Length, changes, random);
        var content = new byte[length];
        before.AsSpan(0, Math.Min(before.Length, length)).CopyTo(content);
        var pages = changes
            .SelectMany(change => DiskFile.PagesOf(change.At, change.Data.Length).Select(page => (page, change)))
            .GroupBy(pair => pair.page, pair => pair.change);
        foreach (var page in pages)
        {
            var writes = page.ToArray();
            var kept = random.Next(writes.Length + 1);
            foreach (var write in writes[..kept])
            {
                Copy(content, write, page.Key * DiskFile.PageSize, DiskFile.PageSize);
            }
            if (kept < writes.Length && random.Next(4) == 0)
            {
                Tear(content, writes[kept], page.Key, random);
            }
        }
        return content;
    }

    private static void Tear(byte[] content, FileChange write, long page, Random random)
    {
        for (var at = 0; at < DiskFile.PageSize; at += Sector)
        {
            if (random.Next(2) == 0)
            {
                Copy(content, write, (page * DiskFile.PageSize) + at, Sector);
            }
        }
    }

    /// <summary>
    /// The length is metadata of the file: it is a length that the file has had, whatever its content.
    /// </summary>
    private static int LengthAfter(int before, FileChange[] changes, Random random)
    {
        var lengths = new List<int> { before };
        foreach (var change in changes)
        {
            lengths.Add((int)Math.Max(lengths[^1], change.End));
        }
        return random.Next(2) == 0 ? lengths[^1] : lengths[random.Next(lengths.Count)];
    }

    /// <summary>Copies the part of a write that lies in a range and within the file.</summary>
    private static void Copy(byte[] content, FileChange write, long at, int length)
    {
        var from = Math.Max(at, write.At);
        var to = Math.Min(Math.Min(at + length, write.End), content.Length);
        if (from < to)
        {
            write.Data.Span[(int)(from - write.At)..(int)(to - write.At)].CopyTo(content.AsSpan((int)from));
        }
    }

    private static byte[] Apply(byte[] content, FileChange change)
    {
        if (change.IsCut || change.End > content.Length)
        {
            Array.Resize(ref content, (int)change.End);
        }
        change.Data.Span.CopyTo(content.AsSpan((int)change.At, change.Data.Length));
        return content;
    }

    /// <summary>Truncated blocks are not reused before the truncation is in the disk's journal.</summary>
    private static IEnumerable<FileChange> UpToLostCut(IReadOnlyList<FileChange> changes, long names) =>
        changes.TakeWhile(change => change.Cut <= names);
}
