"""The directory: employers and centres, stakeholders and their files, NGOs, posts."""

from aanchal.network.models.files import DIRECTORY, ImportFile, ImportRow, Touched
from aanchal.network.models.listings import Centre, Complaint, Enquiry, Listing, RiskNote, Staff, Verification
from aanchal.network.models.ngos import Blacklisting, Deliverable, Diligence, Engagement, Ngo
from aanchal.network.models.posts import Honorarium, PoolMember, Post, Tenure
from aanchal.network.models.stakeholders import Change, Pair, Stakeholder

__all__ = [
    "DIRECTORY", "Blacklisting", "Centre", "Change", "Complaint", "Deliverable", "Diligence", "Engagement", "Enquiry", "Honorarium",
    "ImportFile", "ImportRow", "Listing", "Ngo", "Pair", "PoolMember", "Post", "RiskNote", "Staff", "Stakeholder", "Tenure", "Touched",
    "Verification",
]  # fmt: skip
