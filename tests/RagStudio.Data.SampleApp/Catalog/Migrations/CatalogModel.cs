using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleApp;

internal static class CatalogModel
{
    public static void Build(ModelBuilder modelBuilder, bool required)
    {
        modelBuilder.HasAnnotation("ProductVersion", "10.0.15");
        modelBuilder.Entity(
            "RagStudio.Data.SampleApp.Product",
            product =>
            {
                product.Property<long>("Id").ValueGeneratedOnAdd().HasColumnType("INTEGER");
                product.Property<string>("Name").IsRequired(required).HasColumnType("TEXT");
                product.Property<double>("Price").HasColumnType("REAL");
                product.HasKey("Id");
                product.HasIndex("Name");
                product.ToTable("Products");
            }
        );
    }
}
