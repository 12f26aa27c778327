using System.Text;
using System.Text.Json;

namespace RagStudio.Data.Migrator;

/// <summary>
/// The file that tells the next start how far a run came. It exists only while a run may have changed something: begun before
/// the first change, ended after the last. Every line is on disk before the run goes on.
/// </summary>
internal sealed class RunJournal(string path)
{
    public const string Extension = ".run-journal";

    public string Path => path;

    public bool Exists => File.Exists(path);

    /// <summary>The names of the databases that the run is about.</summary>
    public string Databases => string.Join(", ", Read()[0].Begun?.Databases.Select(database => database.Name) ?? []);

    /// <summary>The journals beside a set's databases that belong to sets with other databases, but name one of its own.</summary>
    public IReadOnlyList<RunJournal> Others(MigrationSet set) =>
        [
            .. set
                .Storages.Select(storage => System.IO.Path.GetDirectoryName(storage.Path)!)
                .Distinct()
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Extension))
                .Where(other => other != path)
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
            FolderSync.Flush(Folder);
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
        File.Delete(path);
        FolderSync.Flush(Folder);
    }

    /// <summary>
    /// The whole lines. A torn last line was never acted upon: the run goes on only when a line is on disk.
    /// </summary>
    /// <exception cref="RecoveryFailedException">A line before the last cannot be read.</exception>
    public IReadOnlyList<JournalEntry> Read()
    {
        if (!Exists)
        {
            return [];
        }
        var text = File.ReadAllText(path, Encoding.UTF8);
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(Parse)];
    }

    private bool Concerns(MigrationSet set) =>
        IsOpen() && Read()[0].Begun?.Databases.Any(d => set.Storages.Any(storage => storage.Path == d.Path)) == true;

    private string Folder => System.IO.Path.GetDirectoryName(path)!;

    private JournalEntry Parse(string line)
    {
        try
        {
            return JournalLine.Read(line);
        }
        catch (JsonException failure)
        {
            throw new RecoveryFailedException(path, backup: null, "the run journal is damaged", failure);
        }
    }

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
        var file = new FileStream(path, options);
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
