using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>The event log behind undo, redo and audit, with its snapshots and checkpoints.</summary>
/// <remarks>
/// Stored in <c>events.db</c>, or together with the other tables in <c>app_meta.db</c> in single-database
/// mode. Not thread-safe, like every <see cref="DbContext"/>.
/// </remarks>
/// <param name="options">The options, which select the database and the connection settings.</param>
public sealed class EventsContext(DbContextOptions<EventsContext> options) : DbContext(options)
{
    /// <summary>The table <c>events</c>.</summary>
    public DbSet<StoredEvent> Events => Set<StoredEvent>();

    /// <summary>The table <c>aggregate_snapshots</c>.</summary>
    public DbSet<AggregateSnapshot> AggregateSnapshots => Set<AggregateSnapshot>();

    /// <summary>The table <c>event_checkpoints</c>.</summary>
    public DbSet<EventCheckpoint> EventCheckpoints => Set<EventCheckpoint>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        StorageConventions.Apply(configurationBuilder, this);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder
            .UseStorageOf(this)
            .ApplyConfiguration(new StoredEventConfiguration())
            .ApplyConfiguration(new AggregateSnapshotConfiguration())
            .ApplyConfiguration(new EventCheckpointConfiguration());
}
