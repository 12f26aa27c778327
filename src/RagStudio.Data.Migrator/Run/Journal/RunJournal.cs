using System.Text.Json;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// What tells the next start how far a run came. It exists only while a run may have changed something: begun before
/// the first change, ended after the last. Every line is on disk before the run goes on.
/// </summary>
/// <param name="own">Where this version writes it: with the first database.</param>
/// <param name="former">Beside the path by which an earlier version was given it; a journal that it left there is still one.</param>
internal sealed class RunJournal(IJournalStore own, IJournalStore? former = null)
{
    public const string Extension = ".run-journal";

    /// <summary>Where it is, for people.</summary>
    public string Path => Store.DisplayName;

    public bool Exists => Store.Exists;

    /// <summary>Whether it was left by an earlier version beside a link to the database, where whoever used another path did not see it.</summary>
    public bool IsFormer => former is not null && !own.Exists && former.Exists;

    /// <summary>The lines of one that is no file, and so is not found among those of a folder.</summary>
    public IReadOnlyList<string> LinesElsewhere => own.Path is null ? own.ReadLines() : [];

    /// <summary>The names of the databases that the run is about.</summary>
    public string Databases =>
        string.Join(
            ", ",
            Read() is [{ Begun: { } begun }, ..] ? begun.Databases.Select(database => database.Name) : []
        );

    /// <summary>The journals beside a set's databases that belong to sets with other databases, but name one of its own.</summary>
    public IReadOnlyList<RunJournal> Others(MigrationSet set) =>
        [
            .. set
                .Folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Extension))
                // As they are named, before a link is followed: one in the journal's place is this journal, and damaged.
                .Where(other => other != own.Path && other != former?.Path)
                .Select(FileIdentity.Resolve)
                .Where(other => own.Path is not { } path || !FileIdentity.AreSame(other, path))
                .Distinct(StringComparer.Ordinal)
                .Select(other => new RunJournal(new JournalFile(other)))
                .Where(other => other.Concerns(set)),
        ];

    /// <summary>Writes the first line. Where that fails, nothing is left that would make the next start undo what was never done.</summary>
    public void Begin(MigrationRun run, JournalEntry entry)
    {
        if (IsOpen())
        {
            throw new IOException($"The run journal '{Path}' of another run is there.");
        }
        try
        {
            own.Begin(JournalLine.Write(entry));
        }
        catch
        {
            Withdraw(run);
            throw;
        }
    }

    /// <summary>Adds a line.</summary>
    public void Append(JournalEntry entry) => Store.Append(JournalLine.Write(entry));

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
    /// Ends the run: by a line that says so, by taking all lines away, or by removing the file. Each says the same to the next start, so one of them is
    /// enough; the file that stays is only untidy.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="how">What the line says.</param>
    /// <param name="isSaid">Whether a line on disk says already that nothing is to be undone.</param>
    /// <exception cref="IOException">The disk takes none of them: the next start would restore the backup.</exception>
    public void End(MigrationRun run, JournalEvent how, bool isSaid = false)
    {
        var ended = Store;
        isSaid = TryWrite(() => Append(run.NewEntry(how))) is null || isSaid || TryWrite(ended.Empty) is null;
        if (TryWrite(ended.Remove) is not { } failure)
        {
            return;
        }
        if (!isSaid)
        {
            throw new IOException(
                $"The run journal '{ended.DisplayName}' can be neither ended nor removed ({failure.Message}), and the next start would restore the backup that it names. Remove it before that.",
                failure
            );
        }
        run.CouldNotTidy(ended.DisplayName, failure);
    }

    /// <summary>Removes what was killed, or failed, before it was a journal.</summary>
    public void RemoveUnbegun(MigrationRun run)
    {
        if (TryWrite(own.RemoveUnbegun) is { } failure)
        {
            run.CouldNotTidy(own.DisplayName, failure);
        }
    }

    /// <summary>Removes the journal of a run that is over by what it says; one that stays says it again to the next start.</summary>
    public void RemoveEnded(MigrationRun run)
    {
        var ended = Store;
        if (TryWrite(ended.Remove) is { } failure)
        {
            run.CouldNotTidy(ended.DisplayName, failure);
        }
    }

    /// <summary>
    /// The whole lines. A torn last line was never acted upon: the run goes on only when a line is on disk.
    /// </summary>
    /// <exception cref="RecoveryFailedException">The file, or a line before the last, cannot be read.</exception>
    public IReadOnlyList<JournalEntry> Read() => Exists ? [.. ReadLines().Select(Parse)] : [];

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
        var here = beside is null ? null : FileIdentity.Follow(database.Path, beside.Path, Store.Path!);
        return (here is null ? null : set.StorageAt(here)) ?? set.StorageAt(database.Path);
    }

    private IJournalStore Store => IsFormer ? former! : own;

    private bool Concerns(MigrationSet set) =>
        IsOpen()
        && Read() is [{ Begun: { } begun }, ..]
        && begun.Databases.Any(database => StorageOf(database, begun, set) is not null);

    /// <summary>Whether the journal is named after a database, of whose path the system may have been another.</summary>
    private bool IsBeside(string database, StringComparison comparison) =>
        Store.Path is { } path
        && string.Equals(
            database[(database.LastIndexOfAny(['/', '\\']) + 1)..] + Extension,
            System.IO.Path.GetFileName(path),
            comparison
        );

    private IReadOnlyList<string> ReadLines()
    {
        try
        {
            return Store.ReadLines();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RecoveryFailedException(
                Path,
                backup: null,
                $"the run journal cannot be read. {failure.Message.TrimEnd('.')}",
                failure
            );
        }
        catch (InvalidDataException failure)
        {
            throw new RecoveryFailedException(
                Path,
                backup: null,
                $"the run journal is damaged. {failure.Message.TrimEnd('.')}",
                failure
            );
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
            throw new RecoveryFailedException(Path, backup: null, "the run journal is damaged", failure);
        }
    }

    /// <summary>The run ends here, with the error that it could not begin; what is told of this must not hide it.</summary>
    private void Withdraw(MigrationRun run)
    {
        RemoveUnbegun(run);
        if (own.Exists && TryWrite(() => End(run, JournalEvent.RolledBack)) is { } failure)
        {
            run.CouldNotTidy(own.DisplayName, failure);
        }
    }

    /// <returns>What kept it from being done; <see langword="null"/> where nothing did.</returns>
    private static Exception? TryWrite(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return failure;
        }
    }
}
