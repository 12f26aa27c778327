using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class EventCheckpointConfiguration : IEntityTypeConfiguration<EventCheckpoint>
{
    public void Configure(EntityTypeBuilder<EventCheckpoint> builder)
    {
        builder.ToTable("event_checkpoints");
        builder.HasKey(row => row.ProcessorName);
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<EventCheckpoint> builder)
    {
        builder.Property(row => row.ProcessorName).HasColumnName("processor_name");
        builder
            .Property(row => row.LastProcessedSequence)
            .HasColumnName("last_processed_sequence")
            .HasStoredDefault(0L);
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
    }
}
