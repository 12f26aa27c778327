using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>
/// What a provider's tests give to the contracts: an empty place for storages, and the application's own side of them, which goes
/// past the code under test. Notes are written and read only while no session is open.
/// </summary>
public interface IProviderHarness : IDisposable
{
    /// <summary>A database of a release. Two calls with one place give two databases with equal storages.</summary>
    /// <param name="release">The migrations that it has.</param>
    /// <param name="place">The name of its storage; with slashes, in folders that do not exist.</param>
    IMigrationDatabase Database(ContractRelease release, string place = "notes");

    /// <summary>The path of a file that does not exist, in a folder that does.</summary>
    string NewFile();

    void AddNotes(params string[] notes);

    /// <summary>Adds a note that refers to a note that is not there.</summary>
    void BreakReference();

    /// <summary>Changes the detail of a line of the history, and nothing else.</summary>
    void ChangeHistory(long id, string detail);

    /// <summary>Removes a line of the history.</summary>
    void RemoveHistory(long id);

    /// <summary>The notes in the order of their writing; empty where there is no table of notes.</summary>
    IReadOnlyList<string> Notes();

    /// <summary>Adds a note as a migration's code does, within the migration's transaction.</summary>
    Task AddNoteAsync(MigrationCodeContext context, string note);
}
