using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class ScheduleConfiguration : IEntityTypeConfiguration<Schedule>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.ToTable("schedules");
        builder.HasKey(row => row.Id);
        builder.HasOne<Pipeline>().WithMany().HasForeignKey(row => row.PipelineId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.Name).IsUnique();
        builder.HasIndex(row => row.NextRun);
        builder.HasIndex(row => row.PipelineId);
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<Schedule> builder)
    {
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.Name).HasColumnName("name");
        builder.Property(row => row.CronExpression).HasColumnName("cron_expression");
        builder.Property(row => row.PipelineId).HasColumnName("pipeline_id");
        builder.Property(row => row.Enabled).HasColumnName("enabled").HasStoredDefault(true);
        builder.Property(row => row.LastRun).HasColumnName("last_run");
        builder.Property(row => row.NextRun).HasColumnName("next_run");
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
    }
}
