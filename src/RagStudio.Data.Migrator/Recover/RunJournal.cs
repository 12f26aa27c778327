using System.Text;
using System.Text.Json;

namespace RagStudio.Data.Migrator;

/// <summary>
/// The file that tells the next start how far a run came. It exists only while a run may have changed something: begun before
/// the first change, ended after the last. Every line is on disk before the run goes on.
/// </summary>
/// <param name="path">Beside the first database's file.</param>
/// <param name="former">Beside the path by which an earlier version was given it; a journal that it left there is still one.</param>
internal sealed class RunJournal(string path, string? former = null)
{
    public const string Extension = ".run-journal";

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public string Path => IsFormer ? former! : path;

    /// <summary>Whether there is anything by that name: a folder or a link to nothing is a journal that is damaged, not none.</summary>
    public bool Exists => FileEntry.Exists(Path);

    /// <summary>Whether it was left by an earlier version beside a link to the database, where whoever used another path did not see it.</summary>
    public bool IsFormer => former is not null && former != path && !FileEntry.Exists(path) && FileEntry.Exists(former);

    /// <summary>The names of the databases that the run is about.</summary>
    public string Databases => string.Join(", ", Read()[0].Begun?.Databases.Select(database => database.Name) ?? []);

    /// <summary>The journals beside a set's databases that belong to sets with other databases, but name one of its own.</summary>
    public IReadOnlyList<RunJournal> Others(MigrationSet set) =>
        [
            .. set
                .Folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Extension))
                .Where(other => other != former)
                .Select(FileIdentity.Resolve)
                .Where(other => !FileIdentity.AreSame(other, path))
                .Distinct(StringComparer.Ordinal)
                .Select(other => new RunJournal(other))
                .Where(other => other.Concerns(set)),
        ];

    public void Begin(JournalEntry entry)
    {
        var file = Open(FileMode.CreateNew);
        try
        {
            using (file)
            {
                Write(file, entry);
            }
            FolderSync.Flush(System.IO.Path.GetDirectoryName(path)!);
        }
        catch
        {
            // The run ends here: a whole line left behind would make the next start undo what was never done.
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Adds a line.</summary>
    public void Append(JournalEntry entry)
    {
        using var file = Open(FileMode.Append);
        Write(file, entry);
    }

    /// <summary>Whether a run is in its changes now, or died in them.</summary>
    public bool IsOpen()
    {
        try
        {
            return RecoveryPlanner.Decide(Exists, Read()) is RecoveryAction.Restore or RecoveryAction.Finish;
        }
        catch (RecoveryFailedException)
        {
            return true;
        }
    }

    /// <summary>
    /// Takes the file away, which ends the run. The line before it only serves a crash between the two, so a full disk
    /// that does not take the line does not keep the run from ending.
    /// </summary>
    public void End(JournalEntry entry)
    {
        try
        {
            Append(entry);
        }
        catch (IOException)
        {
            // A full disk takes no line, but lets go of the file, which says the same.
        }
        Remove();
    }

    public void Remove()
    {
        var ended = Path;
        File.Delete(ended);
        FolderSync.Flush(System.IO.Path.GetDirectoryName(ended)!);
    }

    /// <summary>
    /// The whole lines. A torn last line was never acted upon: the run goes on only when a line is on disk.
    /// </summary>
    /// <exception cref="RecoveryFailedException">The file, or a line before the last, cannot be read.</exception>
    public IReadOnlyList<JournalEntry> Read()
    {
        var bytes = ReadBytes();
        var whole = bytes.AsSpan(..(bytes.AsSpan().LastIndexOf((byte)'\n') + 1));
        var lines = Decode(whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(Parse)];
    }

    /// <summary>
    /// The storage that a database of the journal is in. The journal lies beside the first of them: where it lies now tells where the others are, whatever
    /// their folder is called by whoever sees it, a container for one, and wherever it was moved.
    /// </summary>
    /// <returns>The storage; <see langword="null"/> where the set has none for it.</returns>
    public IDatabaseStorage? StorageOf(JournalDatabase database, JournalBegun begun, MigrationSet set)
    {
        var beside =
            begun.Databases.FirstOrDefault(first => IsBeside(first.Path, StringComparison.Ordinal))
            ?? begun.Databases.FirstOrDefault(first => IsBeside(first.Path, StringComparison.OrdinalIgnoreCase));
        var here = beside is null ? null : FileIdentity.Follow(database.Path, beside.Path, Path);
        return (here is null ? null : set.StorageAt(here)) ?? set.StorageAt(database.Path);
    }

    private bool Concerns(MigrationSet set) =>
        IsOpen()
        && Read()[0].Begun is { } begun
        && begun.Databases.Any(database => StorageOf(database, begun, set) is not null);

    /// <summary>Whether the journal is named after a database, of whose path the system may have been another.</summary>
    private bool IsBeside(string database, StringComparison comparison) =>
        string.Equals(
            database[(database.LastIndexOfAny(['/', '\\']) + 1)..] + Extension,
            System.IO.Path.GetFileName(Path),
            comparison
        );

    private byte[] ReadBytes()
    {
        try
        {
            return Exists ? File.ReadAllBytes(Path) : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another process may just have come to the end of its run.
            return Exists ? throw Damaged(failure) : [];
        }
    }

    private string Decode(ReadOnlySpan<byte> lines)
    {
        try
        {
            return Strict.GetString(lines);
        }
        catch (DecoderFallbackException failure)
        {
            throw Damaged(failure);
        }
    }

    private JournalEntry Parse(string line)
    {
        try
        {
            return JournalLine.Read(line);
        }
        catch (JsonException failure)
        {
            throw Damaged(failure);
        }
    }

    private RecoveryFailedException Damaged(Exception cause) =>
        new(Path, backup: null, "the run journal is damaged", cause);

    private FileStream Open(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var file = new FileStream(mode == FileMode.CreateNew ? path : Path, options);
        if (mode == FileMode.CreateNew)
        {
            SourceAccess.Give(file.SafeFileHandle, path[..^Extension.Length]);
        }
        return file;
    }

    private static void Write(FileStream file, JournalEntry entry)
    {
        var length = file.Length;
        try
        {
            file.Write(JournalLine.Write(entry));
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // What reached the disk of this line would spoil the next one.
            file.SetLength(length);
            throw;
        }
    }
}
