using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class SettingConfiguration : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> builder)
    {
        builder.ToTable("settings");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.Key).IsUnique();
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<Setting> builder)
    {
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.Key).HasColumnName("key");
        builder.Property(row => row.Value).HasColumnName("value");
        builder.Property(row => row.SchemaVersion).HasColumnName("schema_version").HasStoredDefault(1);
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
    }
}
