using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class KnowledgeBaseConfiguration : IEntityTypeConfiguration<KnowledgeBase>
{
    public void Configure(EntityTypeBuilder<KnowledgeBase> builder)
    {
        builder.ToTable(
            "knowledge_bases",
            table =>
            {
                table.HasEnumCheck<KnowledgeBaseStatus>("status");
                table.HasJsonCheck("metadata");
            }
        );
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.Name, row.Version }).IsUnique();
        builder.HasIndex(row => row.Status);
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<KnowledgeBase> builder)
    {
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.Name).HasColumnName("name");
        builder.Property(row => row.Version).HasColumnName("version").HasStoredDefault(1);
        builder.Property(row => row.Status).HasColumnName("status").HasEnumText();
        builder.Property(row => row.EmbedderModel).HasColumnName("embedder_model");
        builder.Property(row => row.ChunkSize).HasColumnName("chunk_size").HasStoredDefault(512);
        builder.Property(row => row.ChunkOverlap).HasColumnName("chunk_overlap").HasStoredDefault(50);
        builder.Property(row => row.Description).HasColumnName("description");
        builder.Property(row => row.Metadata).HasColumnName("metadata");
        builder.Property(row => row.HealthScore).HasColumnName("health_score").HasStoredDefault(1.0);
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
        builder.Property(row => row.PinnedVersion).HasColumnName("pinned_version");
    }
}
