using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>Puts the oldest migrations of a program into an archive. For tools.</summary>
public static class MigrationArchiver
{
    /// <summary>
    /// Creates the archive of a database's migrations before a version: those that are archived already, and those of the
    /// program. Each is read back, and has the checksum that it had.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="compiled">What <see cref="IMigrationDatabase.Compile"/> returned for it.</param>
    /// <param name="before">The id of the oldest migration that stays in the program.</param>
    /// <returns>The archive.</returns>
    /// <exception cref="InvalidOperationException">A migration cannot be archived.</exception>
    /// <exception cref="InvalidDataException">An archived migration was edited.</exception>
    public static byte[] Create(IMigrationDatabase database, CompiledMigrations compiled, string before)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(compiled);
        var order = MigrationIdComparer.Default;
        var program = ProgramMigrations.For(database);
        var content = ArchiveWriter.Write(
            compiled,
            database
                .Migrations.TakeWhile(known => !order.Equals(known.Version, before))
                .Select(known =>
                    known.Source is { } archived
                        ? ArchiveWriter.Describe(archived)
                        : Describe(Compiled(known.Version), program[known.Version])
                ),
            Compiled(before)
        );
        Verify(MigrationArchive.Read(new MemoryStream(content)), program);
        return content;

        CompiledMigration Compiled(string version) =>
            compiled.Find(version)
            ?? throw Refused(
                version,
                compiled.LeftToEF.FirstOrDefault(left => order.Equals(left.Version, version))?.Reason
                    ?? "it was not compiled"
            );

        System.Text.Json.Nodes.JsonObject Describe(CompiledMigration migration, ProgramMigration known)
        {
            try
            {
                return ArchiveWriter.Describe(
                    migration,
                    known,
                    database.EFProvider,
                    compiled.Schemas.GetValueOrDefault(migration.Version)
                );
            }
            catch (InvalidOperationException failure)
            {
                throw Refused(migration.Version, failure.Message);
            }
        }
    }

    /// <summary>
    /// Runs an archive's migrations in an empty database, and proves that they create the schema that the program's own
    /// have created, where that is known.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="archive">The archive, as it was read back.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>True if the schema is known, and the same.</returns>
    /// <exception cref="InvalidOperationException">They create another schema.</exception>
    /// <exception cref="InvalidDataException">A migration was changed after it was archived.</exception>
    public static async Task<bool> ProveAsync(
        IMigrationDatabase database,
        MigrationArchive archive,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(archive);
        archive.Verify();
        if (archive.Migrations is not [.., { Schema: { } expected } newest])
        {
            return false;
        }
        var steps = new CompiledSteps([.. archive.Migrations.Select(one => one.Commands)], MigrationTarget.Latest);
        var schema = await database
            .ReplayAsync(archive.Versions, steps, DatabaseSchema.Empty, (_, _) => [], cancellationToken)
            .ConfigureAwait(false);
        return SchemaFingerprint.Hash(schema) == expected
            ? true
            : throw new InvalidOperationException(
                $"The archived migrations up to {newest.Version} create another schema than the program's own."
            );
    }

    /// <summary>Proves that what was written says what the program's migrations do.</summary>
    private static void Verify(MigrationArchive archive, ProgramMigrations program)
    {
        archive.Verify();
        foreach (var migration in archive.Migrations)
        {
            if (
                program[migration.Version] is { Known.Source: null } own
                && (
                    migration.Checksum != own.Checksum
                    || migration.Checksum != OperationChecksum.Compute(migration.Create())
                )
            )
            {
                throw Refused(migration.Version, "its operations cannot be kept");
            }
        }
    }

    private static InvalidOperationException Refused(string version, string reason) =>
        new($"The migration {version} cannot be archived: {reason}. Archive those before it: --before {version}.");
}
