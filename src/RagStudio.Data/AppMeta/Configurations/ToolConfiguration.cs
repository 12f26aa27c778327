using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class ToolConfiguration : IEntityTypeConfiguration<Tool>
{
    public void Configure(EntityTypeBuilder<Tool> builder)
    {
        builder.ToTable(
            "tools",
            table =>
            {
                table.HasJsonCheck("config");
                table.HasJsonCheck("schema");
            }
        );
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.Name).IsUnique();
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<Tool> builder)
    {
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.Name).HasColumnName("name");
        builder.Property(row => row.Type).HasColumnName("type");
        builder.Property(row => row.Config).HasColumnName("config");
        builder.Property(row => row.Schema).HasColumnName("schema");
        builder.Property(row => row.Enabled).HasColumnName("enabled").HasStoredDefault(true);
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
    }
}
