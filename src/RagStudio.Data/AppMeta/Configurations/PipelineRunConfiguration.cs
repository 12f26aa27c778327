using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class PipelineRunConfiguration : IEntityTypeConfiguration<PipelineRun>
{
    public void Configure(EntityTypeBuilder<PipelineRun> builder)
    {
        builder.ToTable(
            "pipeline_runs",
            table =>
            {
                table.HasEnumCheck<PipelineRunStatus>("status");
                table.HasJsonCheck("metrics");
                table.HasJsonCheck("artifacts");
            }
        );
        builder.HasKey(row => row.Id);
        builder.HasOne<Pipeline>().WithMany().HasForeignKey(row => row.PipelineId).OnDelete(DeleteBehavior.Restrict);
        builder
            .HasOne<KnowledgeBase>()
            .WithMany()
            .HasForeignKey(row => row.KnowledgeBaseId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.PipelineId);
        builder.HasIndex(row => row.KnowledgeBaseId);
        builder.HasIndex(row => row.Status);
        builder.HasIndex(row => row.StartedAt);
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<PipelineRun> builder)
    {
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.PipelineId).HasColumnName("pipeline_id");
        builder.Property(row => row.KnowledgeBaseId).HasColumnName("kb_id");
        builder.Property(row => row.Status).HasColumnName("status").HasEnumText();
        builder.Property(row => row.StartedAt).HasColumnName("started_at");
        builder.Property(row => row.CompletedAt).HasColumnName("completed_at");
        builder.Property(row => row.ErrorMessage).HasColumnName("error_message");
        builder.Property(row => row.Metrics).HasColumnName("metrics");
        builder.Property(row => row.Artifacts).HasColumnName("artifacts");
    }
}
