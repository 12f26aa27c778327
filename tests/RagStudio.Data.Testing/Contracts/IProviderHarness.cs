using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>
/// Supplies the contracts with an empty place for storages, and with the application's own access to them,
/// which bypasses the code under test. Notes are written and read only while no session is open.
/// </summary>
public interface IProviderHarness : IDisposable
{
    /// <summary>
    /// Creates a database of a release. Two calls with the same place create two databases with equal
    /// storages.
    /// </summary>
    /// <param name="release">The release with its migrations.</param>
    /// <param name="place">The name of its storage; with slashes, in folders that do not exist.</param>
    IMigrationDatabase Database(ContractRelease release, string place = "notes");

    /// <summary>Returns the path of a file that does not exist, in a folder that does, for a backup.</summary>
    string NewFile() => throw new NotSupportedException("The storages cannot be backed up.");

    /// <summary>A storage for a copy that a rehearsal makes, which has no content.</summary>
    Task<IDatabaseStorage> NewScratchAsync(IDatabaseStorage original) =>
        throw new NotSupportedException("The storages have no place for rehearsals.");

    void AddNotes(params string[] notes);

    /// <summary>Executes SQL that damages something, in words that every engine understands.</summary>
    void Execute(string sql) => throw new NotSupportedException("The storages understand no SQL.");

    /// <summary>Adds a note that refers to a missing note.</summary>
    void BreakReference();

    /// <summary>Changes only the detail of a line of the history.</summary>
    void ChangeHistory(long id, string detail);

    /// <summary>Removes a line of the history.</summary>
    void RemoveHistory(long id);

    /// <summary>Reads the notes in the order in which they were written; empty if there is no table of notes.</summary>
    IReadOnlyList<string> Notes();

    /// <summary>Adds a note as a migration's code does, within the migration's transaction.</summary>
    Task AddNoteAsync(MigrationCodeContext context, string note);
}
