using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>What a migration of the program does, without an EF model.</summary>
internal sealed class ProgramMigration
{
    /// <summary>Migrations are the application's own and know nothing of several threads: one is created at a time.</summary>
    private static readonly Lock Creating = new();

    private readonly string _efProvider;
    private readonly Lazy<ProgramOperations> _operations;
    private readonly Lazy<string?> _checksum;

    public ProgramMigration(KnownMigration known, string efProvider)
    {
        (Known, _efProvider) = (known, efProvider);
        _operations = new(CreateOperations);
        _checksum = new(() =>
            _operations.Value is { Up: { } up, Down.Operations: var down } ? OperationChecksum.Compute(up, down) : null
        );
    }

    public KnownMigration Known { get; }

    /// <summary>What its <c>Up</c> does; nothing where that cannot be told. What an <c>Up</c> throws is reported where it is run.</summary>
    public IReadOnlyList<MigrationOperation> Up => _operations.Value.Up ?? [];

    /// <summary>What it does in a run.</summary>
    public IReadOnlyList<MigrationOperation> OperationsOf(bool isReverting) => isReverting ? Down.Operations : Up;

    public MigrationDown Down => _operations.Value.Down;

    private ProgramOperations CreateOperations()
    {
        lock (Creating)
        {
            return ProgramOperations.Read(Known, _efProvider);
        }
    }

    /// <summary>The checksum of its operations; <see langword="null"/> where that cannot be told.</summary>
    public string? Checksum => _checksum.Value;

    /// <summary>Whether it is not the one that was recorded when it was applied.</summary>
    public bool IsEdited(string recorded) =>
        Checksum is { } now
        && now != recorded
        // What a migration makes of a clock or of random numbers is another each time, and says nothing about its code.
        && now == new ProgramMigration(Known, _efProvider).Checksum;
}
