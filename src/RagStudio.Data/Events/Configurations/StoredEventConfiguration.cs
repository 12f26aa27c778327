using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class StoredEventConfiguration : IEntityTypeConfiguration<StoredEvent>
{
    public void Configure(EntityTypeBuilder<StoredEvent> builder)
    {
        builder.ToTable(
            "events",
            table =>
            {
                table.HasJsonCheck("event_data");
                table.HasJsonCheck("metadata");
            }
        );
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.EventId).IsUnique();
        builder
            .HasIndex(row => new
            {
                row.AggregateId,
                row.AggregateType,
                row.SequenceNumber,
            })
            .IsUnique();
        builder.HasIndex(row => row.EventType);
        builder.HasIndex(row => row.Timestamp);
        builder.HasIndex(row => row.TraceId);
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<StoredEvent> builder)
    {
        builder.Property(row => row.Id).HasColumnName("id").UseAutoincrement();
        builder.Property(row => row.EventId).HasColumnName("event_id");
        builder.Property(row => row.EventType).HasColumnName("event_type");
        builder.Property(row => row.AggregateId).HasColumnName("aggregate_id");
        builder.Property(row => row.AggregateType).HasColumnName("aggregate_type");
        builder.Property(row => row.SequenceNumber).HasColumnName("sequence_number");
        builder.Property(row => row.EventData).HasColumnName("event_data");
        builder.Property(row => row.Metadata).HasColumnName("metadata");
        builder.Property(row => row.TraceId).HasColumnName("trace_id");
        builder.Property(row => row.UserId).HasColumnName("user_id");
        builder.Property(row => row.Timestamp).HasColumnName("timestamp");
        builder.Property(row => row.Checksum).HasColumnName("checksum");
    }
}
