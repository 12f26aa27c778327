using System.Text.Json;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The journal that shows the next start how far a run came. It exists only while a run may have changed
/// something: it begins before the first change and ends after the last. Every line is on disk before the run
/// continues.
/// </summary>
/// <param name="own">The store in which this version writes it: with the first database.</param>
/// <param name="former">
/// The store beside the path that an earlier version was given; a journal left there still counts.
/// </param>
internal sealed class RunJournal(IJournalStore own, IJournalStore? former = null)
{
    public const string Extension = ".run-journal";

    /// <summary>The location as shown to users.</summary>
    public string Path => Store.DisplayName;

    public bool Exists => Store.Exists;

    /// <summary>
    /// True if an earlier version left it beside a link to the database, where programs with another path did
    /// not see it.
    /// </summary>
    public bool IsFormer => former is not null && !own.Exists && former.Exists;

    /// <summary>The lines of a journal that is not a file, which is not found by searching a folder.</summary>
    public IReadOnlyList<string> LinesElsewhere => own.Path is null ? own.ReadLines() : [];

    /// <summary>The names of the databases in the run.</summary>
    public string Databases =>
        string.Join(
            ", ",
            Read() is [{ Begun: { } begun }, ..] ? begun.Databases.Select(database => database.Name) : []
        );

    /// <summary>
    /// Finds the journals beside a set's databases that belong to sets with other databases, but name one of
    /// its own.
    /// </summary>
    public IReadOnlyList<RunJournal> Others(MigrationSet set) =>
        [
            .. set
                .Folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Extension))
                // Compared by name, without following links: a link in the journal's place is this journal,
                // and damaged.
                .Where(other => other != own.Path && other != former?.Path)
                .Select(FileIdentity.Resolve)
                .Where(other => own.Path is not { } path || !FileIdentity.AreSame(other, path))
                .Distinct(StringComparer.Ordinal)
                .Select(other => new RunJournal(new JournalFile(other)))
                .Where(other => other.Concerns(set)),
        ];

    /// <summary>
    /// Writes the first line. If that fails, nothing is left that would make the next start undo what was
    /// never done.
    /// </summary>
    public void Begin(MigrationRun run, JournalEntry entry)
    {
        if (IsOpen())
        {
            throw new IOException($"The run journal '{Path}' of another run already exists.");
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

    /// <returns>True if the next start will find the line.</returns>
    public bool TryAppendValidated(MigrationRun run)
    {
        return TryWrite(Validate) is null;

        void Validate()
        {
            Append(run.NewEntry(JournalEvent.Validated));
            CrashPoints.Pass("JournalValidated");
        }
    }

    /// <summary>True if a run is making its changes now, or was killed meanwhile.</summary>
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
    /// Ends the run: with a line, by removing all lines, or by removing the file. Each has the same meaning
    /// to the next start, so one of them is enough; a remaining file is only untidy.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="how">The event of the line.</param>
    /// <param name="isSaid">True if a line on disk already says that nothing has to be undone.</param>
    /// <exception cref="IOException">
    /// The disk accepts none of them: the next start would restore the backup.
    /// </exception>
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
                $"The run journal '{ended.DisplayName}' can neither be ended nor removed ({failure.Message.TrimEnd('.')}). The next start would restore the backup that it names: remove it first.",
                failure
            );
        }
        run.CouldNotTidy(ended.DisplayName, failure);
    }

    /// <summary>Removes a file that was killed, or failed, before it became a journal.</summary>
    public void RemoveUnbegun(MigrationRun run) => Tidy(run, own.DisplayName, own.RemoveUnbegun);

    /// <summary>
    /// Removes the journal of a run that has ended according to it; if it remains, the next start reads the
    /// same.
    /// </summary>
    public void RemoveEnded(MigrationRun run) => Tidy(run, Path, Store.Remove);

    /// <summary>
    /// Reads the complete lines. A torn last line was never acted upon: the run continues only when a line is
    /// on disk.
    /// </summary>
    /// <exception cref="RecoveryFailedException">The file, or a line before the last, cannot be read.</exception>
    public IReadOnlyList<JournalEntry> Read() => Exists ? [.. ReadLines().Select(Parse)] : [];

    /// <summary>
    /// Finds the storage of a database in the journal. The journal lies beside the first database: its
    /// present location shows where the others are, whatever the folder is called from here, for example in a
    /// container, and wherever it was moved.
    /// </summary>
    /// <returns>The storage; <see langword="null"/> if the set has none for it.</returns>
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

    /// <summary>True if the journal is named after a database, whose path may come from another system.</summary>
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
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            var what = failure is InvalidDataException ? "is damaged" : "cannot be read";
            var reason = $"the run journal {what}. {failure.Message.TrimEnd('.')}";
            throw new RecoveryFailedException(Path, backup: null, reason, failure);
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

    /// <summary>
    /// Ends the run with the error that it could not begin; errors in doing so must not hide that one.
    /// </summary>
    private void Withdraw(MigrationRun run)
    {
        RemoveUnbegun(run);
        if (own.Exists)
        {
            Tidy(run, own.DisplayName, () => End(run, JournalEvent.RolledBack));
        }
    }

    private static void Tidy(MigrationRun run, string path, Action remove)
    {
        if (TryWrite(remove) is { } failure)
        {
            run.CouldNotTidy(path, failure);
        }
    }

    /// <returns>The error that prevented it; <see langword="null"/> if there was none.</returns>
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
