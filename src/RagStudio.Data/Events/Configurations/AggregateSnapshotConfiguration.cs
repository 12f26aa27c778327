using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class AggregateSnapshotConfiguration : IEntityTypeConfiguration<AggregateSnapshot>
{
    public void Configure(EntityTypeBuilder<AggregateSnapshot> builder)
    {
        builder.ToTable("aggregate_snapshots", table => table.HasJsonCheck("snapshot_data"));
        builder.HasKey(row => new { row.AggregateId, row.AggregateType });
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<AggregateSnapshot> builder)
    {
        builder.Property(row => row.AggregateId).HasColumnName("aggregate_id");
        builder.Property(row => row.AggregateType).HasColumnName("aggregate_type");
        builder.Property(row => row.SequenceNumber).HasColumnName("sequence_number");
        builder.Property(row => row.SnapshotData).HasColumnName("snapshot_data");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
    }
}
