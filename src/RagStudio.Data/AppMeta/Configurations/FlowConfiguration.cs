using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class FlowConfiguration : IEntityTypeConfiguration<Flow>
{
    public void Configure(EntityTypeBuilder<Flow> builder)
    {
        builder.ToTable("flows", table => table.HasJsonCheck("definition"));
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.Name).IsUnique();
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<Flow> builder)
    {
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.Name).HasColumnName("name");
        builder.Property(row => row.Description).HasColumnName("description");
        builder.Property(row => row.Definition).HasColumnName("definition");
        builder.Property(row => row.Enabled).HasColumnName("enabled").HasStoredDefault(true);
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
    }
}
