using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>The operations of a program's migration, read without an EF model.</summary>
internal sealed class ProgramMigration
{
    /// <summary>
    /// Migrations are the application's code and need not be thread-safe: only one is created at a time.
    /// </summary>
    private static readonly Lock Creating = new();

    private readonly string _efProvider;
    private readonly Lazy<ProgramOperations> _operations;
    private readonly Lazy<string?> _checksum;

    public ProgramMigration(KnownMigration known, string efProvider)
    {
        (Known, _efProvider) = (known, efProvider);
        _operations = new(CreateOperations);
        _checksum = new(() =>
            known.Source?.Checksum
            ?? (
                _operations.Value is { Up: { } up, Down.Operations: var down }
                    ? OperationChecksum.Compute(up, down)
                    : null
            )
        );
    }

    public KnownMigration Known { get; }

    /// <summary>
    /// The operations of its <c>Up</c>; empty if they cannot be determined. An exception from an <c>Up</c> is
    /// reported when it runs.
    /// </summary>
    public IReadOnlyList<MigrationOperation> Up => _operations.Value.Up ?? [];

    /// <summary>Returns its operations in a run.</summary>
    public IReadOnlyList<MigrationOperation> OperationsOf(bool isReverting) => isReverting ? Down.Operations : Up;

    /// <summary>Its <c>Down</c>; none for an archived migration of which EF could not generate it.</summary>
    public MigrationDown Down =>
        Known.Archived is { Up.Count: > 0, Down.Count: 0 } ? MigrationDown.None : _operations.Value.Down;

    private ProgramOperations CreateOperations()
    {
        lock (Creating)
        {
            return ProgramOperations.Read(Known, _efProvider);
        }
    }

    /// <summary>The checksum of its operations; <see langword="null"/> if it cannot be determined.</summary>
    public string? Checksum => _checksum.Value;

    /// <summary>True if it does not match the checksum recorded when it was applied.</summary>
    public bool IsEdited(string recorded) =>
        Checksum is { } now
        && now != recorded
        // A migration that uses a clock or random numbers differs each time, which says nothing about its code.
        && now == new ProgramMigration(Known, _efProvider).Checksum;
}
