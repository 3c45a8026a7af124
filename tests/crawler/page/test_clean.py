"""Lines around an article's text: invitations, buttons and labels go, prose that begins like them stays."""

from __future__ import annotations

import re

import pytest

from crawler.page.clean import Line, drop_noise

NEVER = re.compile("(?!)")
NOISE = """
Baca juga: Camat Buka Pelatihan Tenun
(Baca juga: Camat Buka Pelatihan Tenun)
>>> Baca Juga: Camat Buka Pelatihan Tenun
Baca: Camat Buka Pelatihan Tenun
Lihat: Foto-foto Pelatihan Tenun
Yuk baca juga kabar dari kecamatan lain
Baca berita kabaruji.example lainnya di Google News
Baca artikel Kabar Uji lainnya di sini
Baca berita selengkapnya di: https://kabaruji.example
Silakan baca konten menarik lainnya dari Kabar Uji di Google News
Dapatkan kabar terbaru seputar Jawa Tengah di ponsel Anda
Dapatkan update berita pilihan setiap hari dari Kabar Uji. Mari bergabung di grup Telegram kami.
Simak berita terkini langsung di ponselmu. Pilih saluran Kabar Uji di WhatsApp Channel.
Yuk, ikuti kanal WhatsApp Kabar Uji
Yuk gabung ke channel WhatsApp kami
Jangan lupa follow Instagram kami
Ikuti saluran Kabar Uji di sini
Mau berita menarik lainnya? Buka halaman depan
Read also: Weavers Teach Pupils
Teks foto: Peserta menenun di pendopo
Klik di sini untuk mendapatkan berita terbaru
Jangan Lewatkan: Pelatihan Tenun Dibuka
Video Pilihan
Berita Terkini
Related Posts
Trending
- ADVERTISEMENT -
-- iklan --
1 2 3 Tampilkan Semua
Next
Loading...
Like this:
Post Views: 123
Dilihat: 1.234 kali
telah dilihat 15085 kali
Berita ini telah dibaca 1.234 kali.
Artikel ini sudah dilihat sebanyak 90 kali
Dibaca oleh 512 orang
15.085 kali dilihat
1,2 rb views
Hits: 77
0 Shares
Shares 12
Likes: 3
12 komentar
Share 0 Tweet
Facebook Twitter WhatsApp Telegram
Share on Facebook
Foto 3 dari 12
Slide 1/9
Bagikan
Bagikan artikel ini
Bagikan ke Facebook
Share this:
Kirim ke teman
Tulis Komentar
Komentar (12)
(Foto: Istimewa)
Foto: Dok. Panitia
Dilarang keras mengambil konten situs ini tanpa izin tertulis dari Kabar Uji.
* Fakta atau Hoaks? Kirim pertanyaan Anda ke nomor kami
Berlangganan newsletter Kabar Uji
Masukkan alamat email Anda
Unduh aplikasi Kabar Uji di Play Store
Terima kasih telah membaca Kabar Uji
Disclaimer: isi tulisan adalah tanggung jawab penulis
Berita ini telah tayang di Kabar Lain
Writer: Nama Contoh
""".strip().splitlines()
PROSE = """
Baca tulis aksara Jawa diajarkan di balai desa setiap Sabtu.
Lihat saja balai itu, kini dipakai warga dari pagi sampai malam.
Simak penjelasan camat tentang jadwal layanan itu.
Dapatkan informasi terbaru di papan desa, kata camat kepada warga.
Ikuti lomba itu lewat WhatsApp desa, pesan camat kepada kader.
Jangan lewatkan musyawarah desa, pesan camat lewat grup WhatsApp.
Update data dilakukan tiap bulan melalui kanal resmi desa.
Bagikan beras kepada 300 keluarga, camat datang sendiri.
Share lokasi dikirim warga kepada petugas.
Kirim bantuan ke lereng, relawan berangkat pagi-pagi.
Cetak rekor, warga menanam seribu pohon dalam sehari.
Komentar warga beragam tentang jadwal itu.
Foto bersama menutup acara itu.
Foto 3 dari 12 kecamatan dipajang di pendopo.
Dibaca 12 warga, pengumuman itu dicabut keesokan harinya.
Dilihat dari jumlahnya, 15 kecamatan sudah ikut.
12 komentar warga dibacakan camat di pendopo.
Suka duka 12 kader diceritakan di pendopo.
Line dance diikuti 200 warga.
1.234 orang
4 kecamatan
12 | 34 | 56
2025-12-10
Terkini, lima belas kecamatan sudah ikut.
Populer di kalangan warga, layanan itu selalu ramai.
Selanjutnya, camat mendata warga yang belum terlayani.
Halaman kantor kecamatan dipenuhi warga.
Video itu ditonton warga di balai desa.
Kecamatan Bukateja
1. Kecamatan Bukateja
""".strip().splitlines()


def stays(text: str) -> bool:
    return bool(drop_noise([Line(text, "p", False, 0, False)], NEVER, NEVER, []))


@pytest.mark.parametrize("text", NOISE)
def test_it_goes(text: str) -> None:
    assert not stays(text)


@pytest.mark.parametrize("text", PROSE)
def test_it_stays(text: str) -> None:
    assert stays(text)
