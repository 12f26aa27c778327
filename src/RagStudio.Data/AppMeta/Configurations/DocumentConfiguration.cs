using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RagStudio.Data;

internal sealed class DocumentConfiguration : IEntityTypeConfiguration<Document>
{
    public void Configure(EntityTypeBuilder<Document> builder)
    {
        builder.ToTable("documents", table => table.HasJsonCheck("metadata"));
        builder.HasKey(row => row.Id);
        builder
            .HasOne<KnowledgeBase>()
            .WithMany()
            .HasForeignKey(row => row.KnowledgeBaseId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.KnowledgeBaseId);
        builder.HasIndex(row => row.ContentHash);
        ConfigureColumns(builder);
    }

    private static void ConfigureColumns(EntityTypeBuilder<Document> builder)
    {
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.KnowledgeBaseId).HasColumnName("kb_id");
        builder.Property(row => row.Title).HasColumnName("title");
        builder.Property(row => row.SourcePath).HasColumnName("source_path");
        builder.Property(row => row.ContentHash).HasColumnName("content_hash");
        builder.Property(row => row.LicenseInfo).HasColumnName("license_info");
        builder.Property(row => row.Metadata).HasColumnName("metadata");
        builder.Property(row => row.ChunkCount).HasColumnName("chunk_count").HasStoredDefault(0);
        builder.Property(row => row.SizeBytes).HasColumnName("size_bytes").HasStoredDefault(0L);
        builder.Property(row => row.CreatedAt).HasColumnName("created_at");
        builder.Property(row => row.UpdatedAt).HasColumnName("updated_at");
    }
}
