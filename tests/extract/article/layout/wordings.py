"""How papers announce lists: two pools, of which rules may be written with a look at the first alone.

`seen` is what the layer was developed with; `held` was written before it and is only measured.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wordings:
    """Sentences with which a report opens, announces pilots, or announces something else."""

    openings: tuple[str, ...]
    pilots: tuple[str, ...]
    others: tuple[str, ...]
    candidates: tuple[str, ...]
    closings: tuple[str, ...]
    kecamatan: tuple[str, ...]  # a column's name
    regency: tuple[str, ...]
    number: tuple[str, ...]
    pilot_count: tuple[str, ...]
    shelters: tuple[str, ...]
    grounds: tuple[str, ...]
    stands: tuple[str, ...]
    lacks: tuple[str, ...]


SEEN = Wordings(
    openings=(
        "Program Kecamatan Berdaya mulai dijalankan di sejumlah daerah di Jawa Tengah.",
        "Pemerintah Provinsi Jawa Tengah terus mematangkan Kecamatan Berdaya bersama pemerintah kabupaten.",
        "Kecamatan Berdaya memasuki babak baru setelah pemerintah daerah menyerahkan berkasnya.",
    ),
    pilots=(
        "Berikut daftar kecamatan percontohan Kecamatan Berdaya:",
        "Kecamatan yang ditetapkan sebagai lokasi Kecamatan Berdaya adalah sebagai berikut.",
        "Adapun kecamatan yang ditunjuk menjadi pilot project yaitu:",
        "Rincian kecamatan percontohan di tiap daerah:",
        "Berikut daftarnya berdasarkan data yang dihimpun redaksi. Semuanya berstatus percontohan.",
        "Nama-nama kecamatan yang terpilih sebagai percontohan:",
        "Sebaran lokus Kecamatan Berdaya dapat dilihat di bawah ini:",
        "Kecamatan mana saja yang menjadi percontohan? Simak rinciannya.",
    ),
    others=(
        "Berikut kecamatan yang terendam banjir sejak Minggu:",
        "Juara lomba kebersihan kantor kecamatan tahun ini:",
        "Kecamatan yang dipilih sebagai lokasi job fair:",
        "Peserta sosialisasi Kecamatan Berdaya datang dari kecamatan berikut:",
        "Titik operasi pasar murah pekan ini:",
        "Kecamatan dengan angka stunting tertinggi:",
    ),
    candidates=(
        "Kecamatan yang diusulkan untuk tahap berikutnya:",
        "Calon lokasi tahap kedua:",
        "Kecamatan yang belum menjadi percontohan:",
        "Kecamatan yang dicoret dari daftar percontohan:",
    ),
    closings=(
        "Setiap camat diminta melapor kepada bupati paling lambat akhir bulan.",
        "Pemerintah daerah menyiapkan pendampingan bagi aparat di kantor-kantor itu.",
    ),
    kecamatan=("Kecamatan", "Nama Kecamatan"),
    regency=("Kabupaten", "Kabupaten/Kota"),
    number=("No", "No."),
    pilot_count=("Jumlah kecamatan percontohan", "Kecamatan percontohan"),
    shelters=("RPPA", "Gedung RPPA"),
    grounds=("Sport center", "Sport Center"),
    stands=("Ada", "Sudah ada", "✓"),
    lacks=("Belum", "Belum ada", "–"),
)

HELD = Wordings(
    openings=(
        "Sudah hampir setahun Kecamatan Berdaya berjalan, dan warga masih bertanya di mana saja letaknya.",
        "Gubernur Jawa Tengah mencanangkan Kecamatan Berdaya untuk mendekatkan layanan kepada warga desa.",
        "Tidak semua warga tahu kantor camatnya ikut dalam Kecamatan Berdaya.",
    ),
    pilots=(
        "Inilah kecamatan-kecamatan yang menjadi proyek percontohan itu:",
        "Kecamatan pilot Kecamatan Berdaya selengkapnya:",
        "Lokasi Kecamatan Berdaya yang sudah disahkan bupati antara lain:",
        "Daftar lengkap kecamatan yang menjalankan Kecamatan Berdaya bisa dibaca di bawah.",
        "Menurut lampiran surat keputusan, yang ditetapkan menjadi percontohan ialah:",
        "Tabel berikut memuat seluruh kecamatan percontohan.",
        "Di mana saja Kecamatan Berdaya diterapkan? Ini daftarnya:",
    ),
    others=(
        "Pemenang festival jajanan antarkecamatan:",
        "Kecamatan yang melaporkan kekeringan kepada BPBD:",
        "Jadwal vaksinasi ternak pekan depan:",
        "Pelatihan kader posyandu akan digelar di:",
        "Kecamatan yang camatnya dilantik kemarin:",
    ),
    candidates=(
        "Daftar tunggu untuk tahun depan:",
        "Kecamatan yang masih berstatus usulan:",
        "Kecamatan yang tidak lolos verifikasi:",
        "Menyusul pada gelombang kedua:",
    ),
    closings=(
        "Warga yang ingin bertanya dapat menghubungi kantor kecamatan terdekat pada jam kerja.",
        "Evaluasi akan dilakukan setiap tiga bulan oleh inspektorat.",
    ),
    kecamatan=("Wilayah kecamatan", "Kecamatan"),
    regency=("Daerah", "Kab/Kota"),
    number=("Nomor", "#"),
    pilot_count=("Jumlah percontohan", "Jml kecamatan percontohan"),
    shelters=("Rumah Perlindungan Perempuan dan Anak", "RPPA"),
    grounds=("Pusat olahraga (sport center)", "Sport center"),
    stands=("Tersedia", "Beroperasi", "Ya"),
    lacks=("Tidak ada", "Nihil", "-"),
)
