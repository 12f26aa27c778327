using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator;

/// <summary>What a migration of the program does, without an EF model.</summary>
internal sealed class ProgramMigration
{
    private readonly string _efProvider;
    private readonly Lazy<IReadOnlyList<MigrationOperation>?> _up;
    private readonly Lazy<MigrationWayBack> _wayBack;
    private readonly Lazy<string?> _checksum;

    public ProgramMigration(KnownMigration known, string efProvider)
    {
        (Known, _efProvider) = (known, efProvider);
        _up = new(() => UpOf(known, efProvider));
        _wayBack = new(() => WayBackOf(known, efProvider));
        _checksum = new(() => _up.Value is { } up ? OperationChecksum.Of(up, _wayBack.Value.Operations) : null);
    }

    public KnownMigration Known { get; }

    /// <summary>What its <c>Up</c> does; nothing where that cannot be told. What an <c>Up</c> throws is reported where it is run.</summary>
    public IReadOnlyList<MigrationOperation> Up => _up.Value ?? [];

    /// <summary>What it does in a run.</summary>
    public IReadOnlyList<MigrationOperation> OperationsOf(bool isReverting) => isReverting ? WayBack.Operations : Up;

    public MigrationWayBack WayBack => _wayBack.Value;

    /// <summary>The checksum of its operations; <see langword="null"/> where that cannot be told.</summary>
    public string? Checksum => _checksum.Value;

    /// <summary>Whether it is not the one that was recorded when it was applied.</summary>
    public bool IsEdited(string recorded) =>
        Checksum is { } now
        && now != recorded
        // What a migration makes of a clock or of random numbers is another each time, and says nothing about its code.
        && now == new ProgramMigration(Known, _efProvider).Checksum;

    private static IReadOnlyList<MigrationOperation>? UpOf(KnownMigration known, string efProvider)
    {
        try
        {
            return known.Create(efProvider).UpOperations;
        }
        // Migrations are the application's own. One that needs what is not there any more, for it will never run again, is no
        // reason to keep a program from starting.
        catch (Exception)
        {
            return null;
        }
    }

    private static MigrationWayBack WayBackOf(KnownMigration known, string efProvider)
    {
        try
        {
            return MigrationWayBack.Of(known.Create(efProvider));
        }
        // It cannot even be created.
        catch (Exception)
        {
            return new MigrationWayBack([]);
        }
    }
}
