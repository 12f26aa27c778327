using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class PipelineConfiguration : IEntityTypeConfiguration<Pipeline>
{
    public void Configure(EntityTypeBuilder<Pipeline> builder)
    {
        builder.ToTable(
            "pipelines",
            table =>
            {
                table.HasEnumCheck<PipelineStatus>("status");
                table.HasJsonCheck("config");
            }
        );
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.Name).IsUnique();
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<Pipeline> builder)
    {
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.Name).HasColumnName("name");
        builder.Property(row => row.Description).HasColumnName("description");
        builder.Property(row => row.Config).HasColumnName("config");
        builder.Property(row => row.Status).HasColumnName("status").HasEnumText();
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
    }
}
