using System.Collections.Concurrent;

namespace RagStudio.Data.Migrator;

/// <summary>The checksums of the migrations that the program has, computed once each. Builds no EF model.</summary>
internal sealed class MigrationChecksums
{
    private readonly ConcurrentDictionary<Type, string?> _known = [];

    /// <summary>The checksum of a migration as the program has it now; <see langword="null"/> where that cannot be told.</summary>
    public string? Of(IMigrationDatabase database, string version) =>
        Of(MigrationOperations.Find(database, version), database.EFProvider);

    /// <summary>Whether a migration is not the one that was recorded when it was applied.</summary>
    public bool IsEdited(IMigrationDatabase database, string version, string recorded) =>
        Of(database, version) is { } now
        && now != recorded
        // What a migration makes of a clock or of random numbers is another each time, and says nothing about its code.
        && now == Compute(MigrationOperations.Find(database, version), database.EFProvider);

    private string? Of(KnownMigration known, string efProvider) =>
        _known.GetOrAdd(known.Type, _ => Compute(known, efProvider));

    private static string? Compute(KnownMigration known, string efProvider)
    {
        try
        {
            return OperationChecksum.Of(known.Create(efProvider));
        }
        // Migrations are the application's own. One that needs what is not there any more, for it will never run again, is no
        // reason to keep a program from starting.
        catch (Exception)
        {
            return null;
        }
    }
}
